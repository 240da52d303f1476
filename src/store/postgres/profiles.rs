//! Profiles and their sealed credentials.

use async_trait::async_trait;
use deadpool_postgres::Transaction;

use super::failure::Failure;
use super::{Postgres, all, execute, read, row, rows, stored, transact};
use crate::error::{Error, Result};
use crate::store::{Profile, Profiles, SealedCredential};

#[async_trait]
impl Profiles for Postgres {
    async fn put(&self, profile: Profile, credentials: Vec<SealedCredential>) -> Result<()> {
        let updated_at = stored(profile.updated_at);
        transact!(self.connections, |tx| async {
            // No index can say that a name is not another's UKPRN, and profiles change seldom.
            execute(tx, "LOCK TABLE profiles IN SHARE ROW EXCLUSIVE MODE", &[]).await?;
            refuse_foreign_ukprn(tx, &profile).await?;
            execute(
                tx,
                "INSERT INTO profiles (name, ukprn, display_name, updated_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (name) DO UPDATE SET
                     ukprn = excluded.ukprn, display_name = excluded.display_name, updated_at = excluded.updated_at",
                &[&profile.name, &profile.ukprn, &profile.display_name, &updated_at],
            )
            .await?;
            for credential in &credentials {
                put_credential(tx, &profile, credential).await?;
            }
            Ok::<_, Failure>(())
        })
    }

    async fn list(&self) -> Result<Vec<Profile>> {
        read!(self.connections, |client| async {
            let found = rows(
                client,
                "SELECT name, ukprn, display_name, updated_at,
                        ARRAY(SELECT system FROM credentials WHERE profile = name ORDER BY system) AS systems
                 FROM profiles ORDER BY name",
                &[],
            )
            .await?;
            all(&found, |row| {
                Ok(Profile {
                    name: row.try_get("name")?,
                    ukprn: row.try_get("ukprn")?,
                    display_name: row.try_get("display_name")?,
                    updated_at: row.try_get("updated_at")?,
                    systems: row.try_get("systems")?,
                })
            })
        })
    }

    async fn remove(&self, name: &str) -> Result<bool> {
        transact!(self.connections, |tx| async {
            Ok::<_, Failure>(execute(tx, "DELETE FROM profiles WHERE name = $1", &[&name]).await? > 0)
        })
    }

    async fn of_tag(&self, tag: &str, system: &'static str) -> Result<Option<String>> {
        read!(self.connections, |client| async {
            let sql = "SELECT profile FROM credentials WHERE system = $1 AND tag = $2";
            let found = row(client, sql, &[&system, &tag]).await?;
            Ok::<_, Failure>(found.map(|row| row.try_get(0)).transpose()?)
        })
    }

    async fn credential(&self, name_or_ukprn: &str, system: &'static str) -> Result<Option<(String, Vec<u8>)>> {
        read!(self.connections, |client| async {
            let sql = "SELECT name, sealed FROM profiles JOIN credentials ON profile = name
                       WHERE (name = $1 OR ukprn = $1) AND system = $2";
            let Some(found) = row(client, sql, &[&name_or_ukprn, &system]).await? else { return Ok(None) };
            Ok::<_, Failure>(Some((found.try_get(0)?, found.try_get(1)?)))
        })
    }
}

/// A UKPRN, and a name that is one, stand for one profile only.
async fn refuse_foreign_ukprn(tx: &Transaction<'_>, profile: &Profile) -> Result<(), Failure> {
    let taken = rows(
        tx,
        "SELECT name FROM profiles WHERE name <> $1 AND (ukprn = $2 OR name = $2 OR ukprn = $1) ORDER BY name LIMIT 1",
        &[&profile.name, &profile.ukprn],
    )
    .await?;
    let Some(other) = taken.first() else { return Ok(()) };
    let other: String = other.try_get(0)?;
    Err(Failure::Ours(Error::Conflict { problem: format!("the profile `{other}` already stands for this UKPRN") }))
}

async fn put_credential(tx: &Transaction<'_>, profile: &Profile, credential: &SealedCredential) -> Result<(), Failure> {
    let sql = "SELECT profile FROM credentials WHERE system = $1 AND tag = $2";
    let owner: Option<String> =
        row(tx, sql, &[&credential.system, &credential.tag]).await?.map(|row| row.try_get(0)).transpose()?;
    if owner.is_some_and(|owner| owner != profile.name) {
        return Err(Failure::Ours(Error::DuplicateClientId { profile: profile.name.clone() }));
    }
    execute(
        tx,
        "INSERT INTO credentials (profile, system, tag, sealed, updated_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (profile, system) DO UPDATE SET
             tag = excluded.tag, sealed = excluded.sealed, updated_at = excluded.updated_at",
        &[&profile.name, &credential.system, &credential.tag, &credential.sealed, &stored(profile.updated_at)],
    )
    .await
    .map(drop)
}
