//! Profiles and their sealed credentials.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Sqlite, failed, time_from, time_text};
use crate::error::{Error, Result};
use crate::store::{Profile, Profiles, SealedCredential};

#[async_trait]
impl Profiles for Sqlite {
    async fn put(&self, profile: Profile, credentials: Vec<SealedCredential>) -> Result<()> {
        self.write(move |connection| {
            refuse_foreign_ukprn(connection, &profile)?;
            connection
                .execute(
                    "INSERT INTO profiles (name, ukprn, display_name, updated_at) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (name) DO UPDATE SET
                         ukprn = excluded.ukprn, display_name = excluded.display_name, updated_at = excluded.updated_at",
                    params![profile.name, profile.ukprn, profile.display_name, time_text(profile.updated_at)],
                )
                .map_err(failed)?;
            for credential in &credentials {
                put_credential(connection, &profile, credential)?;
            }
            Ok(())
        })
        .await
    }

    async fn list(&self) -> Result<Vec<Profile>> {
        self.read(|connection| {
            let mut statement = connection
                .prepare_cached(
                    "SELECT name, ukprn, display_name, updated_at,
                            (SELECT group_concat(system, ' ') FROM
                                 (SELECT system FROM credentials WHERE profile = name ORDER BY system)) AS systems
                     FROM profiles ORDER BY name",
                )
                .map_err(failed)?;
            let rows = statement
                .query_map([], |row| {
                    let systems: Option<String> = row.get("systems")?;
                    Ok(Profile {
                        name: row.get("name")?,
                        ukprn: row.get("ukprn")?,
                        display_name: row.get("display_name")?,
                        updated_at: time_from(row, "updated_at")?,
                        systems: systems.iter().flat_map(|list| list.split(' ')).map(str::to_owned).collect(),
                    })
                })
                .map_err(failed)?;
            rows.collect::<rusqlite::Result<_>>().map_err(failed)
        })
        .await
    }

    async fn remove(&self, name: &str) -> Result<bool> {
        let name = name.to_owned();
        self.write(move |connection| {
            connection.execute("DELETE FROM profiles WHERE name = ?1", [name]).map(|count| count > 0).map_err(failed)
        })
        .await
    }

    async fn of_tag(&self, tag: &str, system: &'static str) -> Result<Option<String>> {
        let tag = tag.to_owned();
        self.read(move |connection| {
            connection
                .prepare_cached("SELECT profile FROM credentials WHERE system = ?1 AND tag = ?2")
                .and_then(|mut statement| statement.query_row(params![system, tag], |row| row.get(0)).optional())
                .map_err(failed)
        })
        .await
    }

    async fn credential(&self, name_or_ukprn: &str, system: &'static str) -> Result<Option<(String, Vec<u8>)>> {
        let name = name_or_ukprn.to_owned();
        self.read(move |connection| credential(connection, &name, system)).await
    }
}

pub(super) const CREDENTIAL: &str = "SELECT name, sealed FROM profiles JOIN credentials ON profile = name
                                     WHERE (name = ?1 OR ukprn = ?1) AND system = ?2";

/// The name and sealed credential of the profile that has this name or UKPRN.
pub(super) fn credential(connection: &Connection, name: &str, system: &str) -> Result<Option<(String, Vec<u8>)>> {
    connection
        .prepare_cached(CREDENTIAL)
        .and_then(|mut statement| {
            statement.query_row(params![name, system], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })
        .map_err(failed)
}

/// A UKPRN, and a name that is one, stand for one profile only.
fn refuse_foreign_ukprn(connection: &Connection, profile: &Profile) -> Result<()> {
    let taken: Option<String> = connection
        .query_row(
            "SELECT name FROM profiles WHERE name <> ?1 AND (ukprn = ?2 OR name = ?2 OR ukprn = ?1)",
            params![profile.name, profile.ukprn],
            |row| row.get(0),
        )
        .optional()
        .map_err(failed)?;
    match taken {
        Some(other) => Err(Error::Conflict { problem: format!("the profile `{other}` already stands for this UKPRN") }),
        None => Ok(()),
    }
}

fn put_credential(connection: &Connection, profile: &Profile, credential: &SealedCredential) -> Result<()> {
    let owner: Option<String> = connection
        .query_row(
            "SELECT profile FROM credentials WHERE system = ?1 AND tag = ?2",
            params![credential.system, credential.tag],
            |row| row.get(0),
        )
        .optional()
        .map_err(failed)?;
    if owner.is_some_and(|owner| owner != profile.name) {
        return Err(Error::DuplicateClientId { profile: profile.name.clone() });
    }
    connection
        .execute(
            "INSERT INTO credentials (profile, system, tag, sealed, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (profile, system) DO UPDATE SET
                 tag = excluded.tag, sealed = excluded.sealed, updated_at = excluded.updated_at",
            params![profile.name, credential.system, credential.tag, credential.sealed, time_text(profile.updated_at)],
        )
        .map(drop)
        .map_err(failed)
}
