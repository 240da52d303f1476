//! Profiles: on whose behalf services are called, and with which sealed credentials.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::store::{Profile, SealedCredential, Store};
use crate::vault::Vault;

/// What a room's credential must be able to do to be kept with a profile.
pub trait Credential: Serialize + DeserializeOwned + Send + Sync {
    /// The system it is for.
    const SYSTEM: &'static str;
    /// What identifies its holder to the service; two profiles never share it.
    fn identity(&self) -> &str;
}

/// Keeps profiles; secrets are sealed before they reach the store.
#[derive(Clone)]
pub struct Profiles {
    store: Store,
    vault: Arc<Vault>,
}

/// A profile about to be stored.
pub struct Draft<'a> {
    profiles: &'a Profiles,
    profile: Profile,
    credentials: Vec<SealedCredential>,
}

impl Profiles {
    /// The profiles of `store`.
    #[must_use]
    pub fn new(store: Store, vault: Arc<Vault>) -> Self {
        Self { store, vault }
    }

    /// Begins a profile of this name.
    #[must_use]
    pub fn draft(&self, name: &str, ukprn: Option<&str>, display_name: &str, now: Timestamp) -> Draft<'_> {
        let profile = Profile {
            name: name.to_owned(),
            ukprn: ukprn.map(str::to_owned),
            display_name: display_name.to_owned(),
            updated_at: now,
            systems: Vec::new(),
        };
        Draft { profiles: self, profile, credentials: Vec::new() }
    }

    /// All profiles, without their secrets.
    ///
    /// # Errors
    /// A store error.
    pub async fn list(&self) -> Result<Vec<Profile>> {
        self.store.profiles.list().await
    }

    /// Removes a profile with its credentials.
    ///
    /// # Errors
    /// `NOT_FOUND` or a store error.
    pub async fn remove(&self, name: &str) -> Result<()> {
        if self.store.profiles.remove(name).await? { Ok(()) } else { Err(Error::NotFound { what: "profile" }) }
    }

    /// The name and the credential of the profile that has this name or UKPRN.
    ///
    /// # Errors
    /// `NO_CREDENTIAL` when there is none, `SEAL_BROKEN` when it was tampered with, or a store error.
    pub async fn credential<C: Credential>(&self, name_or_ukprn: &str) -> Result<(String, C)> {
        let found = self.store.profiles.credential(name_or_ukprn, C::SYSTEM).await?;
        let Some((name, sealed)) = found else {
            return Err(Error::NoCredential { system: C::SYSTEM, profile: name_or_ukprn.to_owned() });
        };
        let plain = self.vault.open_sealed("credential", &place(&name, C::SYSTEM), &sealed).await?;
        let credential = serde_json::from_slice(&plain).map_err(|_| Error::SealBroken { what: "credential" })?;
        Ok((name, credential))
    }
}

impl Profiles {
    /// The name and the credential of the profile that has a credential of this identity, in whatever case.
    ///
    /// # Errors
    /// `SEAL_BROKEN` when it was tampered with, or a store error.
    pub async fn of_identity<C: Credential>(&self, identity: &str) -> Result<Option<(String, C)>> {
        let tag = self.vault.pseudonym(C::SYSTEM, &identity.to_lowercase());
        match self.store.profiles.of_tag(&tag, C::SYSTEM).await? {
            Some(name) => self.credential(&name).await.map(Some),
            None => Ok(None),
        }
    }
}

impl Draft<'_> {
    /// Adds the credential for one system.
    ///
    /// # Errors
    /// `INTERNAL` when it cannot be sealed.
    pub fn with<C: Credential>(mut self, credential: &C) -> Result<Self> {
        let plain = zeroize::Zeroizing::new(
            serde_json::to_vec(credential).map_err(|_| Error::internal("a credential has no JSON form"))?,
        );
        let vault = &self.profiles.vault;
        self.credentials.push(SealedCredential {
            system: C::SYSTEM,
            tag: vault.pseudonym(C::SYSTEM, &credential.identity().to_lowercase()),
            sealed: vault.seal(&place(&self.profile.name, C::SYSTEM), &plain)?,
        });
        Ok(self)
    }

    /// Stores the profile and its credentials, all or nothing.
    ///
    /// # Errors
    /// `DUPLICATE_CLIENT_ID`, `CONFLICT` for a UKPRN that another profile stands for, or a store error.
    pub async fn store(self) -> Result<()> {
        self.profiles.store.profiles.put(self.profile, self.credentials).await
    }
}

fn place(profile: &str, system: &str) -> String {
    format!("credential/{profile}/{system}")
}
