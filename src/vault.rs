//! The vault: seals what must not be read from the store's file, and makes the keyed hashes that stand
//! in for a learner.
//!
//! One 32-byte master key, which never is in the store, wraps the data keys that are. A sealed value is
//! bound to its place (table and row), so that it does not open anywhere else. Key 0 is the identity
//! key: pseudonyms and the audit chain depend on it, so rotation wraps it anew but does not replace it.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::{Error, Result};
use crate::store::{ResealAt, VaultKeys, WrappedKey};

const FORMAT: u8 = 1;
const NONCE: usize = 24;
const HEADER: usize = 1 + 4 + NONCE;
const IDENTITY: u32 = 0;
/// How many values one transaction looks at, so that other writers get their turn.
const RESEAL_BATCH: u32 = 500;

type Key = Zeroizing<[u8; 32]>;

/// The key that opens a store; it comes from configuration and is never stored.
#[derive(Clone)]
pub struct MasterKey(Key);

impl MasterKey {
    /// Reads a key from its base64 text.
    ///
    /// # Errors
    /// The rest of a sentence that begins with the key's path.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let decoded = Zeroizing::new(BASE64.decode(text.trim()).map_err(|_| "must be base64")?);
        let bytes: [u8; 32] = decoded.as_slice().try_into().map_err(|_| "must be the base64 of exactly 32 bytes")?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// Makes a new key.
    ///
    /// # Errors
    /// `INTERNAL` when the system gives no randomness.
    pub fn random() -> Result<Self> {
        Ok(Self(random_key()?))
    }

    /// The base64 text to keep in a safe place.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE64.encode(self.0.as_slice()))
    }

    fn wrap(&self, id: u32, key: &Key) -> Result<WrappedKey> {
        let wrapped = seal(&self.wrapping_key(), id, &place_of(id), key.as_slice())?;
        Ok(WrappedKey { id, wrapped })
    }

    fn unwrap(&self, key: &WrappedKey) -> Result<Key> {
        let opened = open(&self.wrapping_key(), &place_of(key.id), &key.wrapped).ok_or(Error::VaultKeyWrong)?;
        let bytes: [u8; 32] = opened.as_slice().try_into().map_err(|_| Error::VaultKeyWrong)?;
        Ok(Zeroizing::new(bytes))
    }

    fn wrapping_key(&self) -> Key {
        derive(&self.0, "learnerlink vault wrapping")
    }
}

fn place_of(id: u32) -> String {
    format!("vault_key/{id}")
}

/// An open vault.
pub struct Vault {
    master: RwLock<MasterKey>,
    identity: Key,
    /// The data keys by number, each in the form that seals.
    keys: RwLock<BTreeMap<u32, Key>>,
    store: Arc<dyn VaultKeys>,
}

impl Vault {
    /// Opens the vault of a store, or founds it when the store is new.
    ///
    /// # Errors
    /// `VAULT_KEY_WRONG` when `master` is not the key the store was founded with, or a store error.
    pub async fn open(store: Arc<dyn VaultKeys>, master: MasterKey) -> Result<Self> {
        let mut wrapped = store.load().await?;
        if wrapped.is_empty() {
            let first = [(IDENTITY, random_key()?), (1, random_key()?)];
            let keys = first.iter().map(|(id, key)| master.wrap(*id, key)).collect::<Result<_>>()?;
            wrapped = store.found(keys).await?;
        }
        let mut keys = unwrap_all(&master, &wrapped)?;
        let identity = keys.remove(&IDENTITY).ok_or(Error::VaultKeyWrong)?;
        Ok(Self { master: RwLock::new(master), identity, keys: RwLock::new(sealing(&keys)), store })
    }

    /// Seals `plain` so that it opens at `place` only.
    ///
    /// # Errors
    /// `INTERNAL` when the system gives no randomness.
    pub fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let (id, key) = self.current();
        seal(&key, id, place, plain)
    }

    /// Opens what was sealed for `place`.
    ///
    /// # Errors
    /// `SEAL_BROKEN` when it was altered or belongs elsewhere; `VAULT_KEY_WRONG` when another process
    /// changed the master key meanwhile.
    pub async fn open_sealed(&self, what: &'static str, place: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let id = key_id(sealed).ok_or(Error::SealBroken { what })?;
        if self.key(id).is_none() {
            // Another process rotated the keys since this one read them.
            let wrapped = self.store.load().await?;
            let mut fresh = unwrap_all(&self.master(), &wrapped)?;
            fresh.remove(&IDENTITY);
            *self.keys.write().unwrap_or_else(PoisonError::into_inner) = sealing(&fresh);
        }
        let key = self.key(id).ok_or(Error::SealBroken { what })?;
        open(&key, place, sealed).ok_or(Error::SealBroken { what })
    }

    /// A keyed hash that stands for `value` of the given kind, the same on every day and after rotation.
    #[must_use]
    pub fn pseudonym(&self, kind: &str, value: &str) -> String {
        let tag = self.tag("learnerlink pseudonym", &[kind.as_bytes(), value.as_bytes()]);
        crate::hex::text(&tag[..16])
    }

    /// A keyed hash over `parts`, each told apart by its length.
    #[must_use]
    pub fn tag(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let key = derive(&self.identity, purpose);
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).expect("HMAC takes keys of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// Starts a new data key, wraps all keys by `new_master` when one is given, and seals every value anew.
    /// Answers how many values were, and how many could not be because they do not open.
    ///
    /// A crash leaves every value readable: old data keys stay, wrapped by the new master key. Other processes
    /// on the same store go on; after a change of master key they need it at their next start.
    ///
    /// # Errors
    /// A store error, or `CONFLICT` when another process rotates at the same time.
    pub async fn rotate(&self, new_master: Option<MasterKey>) -> Result<(u64, u64)> {
        let wrapped = self.store.load().await?;
        let mut keys = unwrap_all(&self.master(), &wrapped)?;
        let current = keys.keys().next_back().copied().unwrap_or(IDENTITY) + 1;
        let expected: Vec<u32> = keys.keys().copied().collect();
        keys.insert(current, random_key()?);
        let master = new_master.unwrap_or_else(|| self.master());
        let rewrapped = keys.iter().map(|(id, key)| master.wrap(*id, key)).collect::<Result<Vec<_>>>()?;
        if !self.store.replace(expected, rewrapped).await? {
            let problem = "another process is rotating the keys of this store; try again";
            return Err(Error::Conflict { problem: problem.into() });
        }
        keys.remove(&IDENTITY);
        *self.master.write().unwrap_or_else(PoisonError::into_inner) = master;
        let sealing = sealing(&keys);
        self.keys.write().unwrap_or_else(PoisonError::into_inner).clone_from(&sealing);

        let reseal = Arc::new(move |place: &str, sealed: &[u8]| {
            let broken = || Error::SealBroken { what: "value" };
            let old = key_id(sealed).and_then(|id| sealing.get(&id)).ok_or_else(broken)?;
            let plain = open(old, place, sealed).ok_or_else(broken)?;
            seal(&sealing[&current], current, place, &plain)
        });
        let (mut done, mut unreadable, mut next) = (0, 0, Some(ResealAt::default()));
        while let Some(at) = next {
            let part = self.store.reseal(current, at, RESEAL_BATCH, Arc::clone(&reseal) as _).await?;
            done += part.done;
            unreadable += part.unreadable;
            next = part.next;
        }
        if unreadable > 0 {
            tracing::warn!(unreadable, "sealed values do not open; restore them from a backup");
        }
        Ok((done, unreadable))
    }

    fn master(&self) -> MasterKey {
        self.master.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn key(&self, id: u32) -> Option<Key> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }

    fn current(&self) -> (u32, Key) {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let (id, key) = keys.last_key_value().expect("a vault has a data key from its founding");
        (*id, key.clone())
    }
}

fn unwrap_all(master: &MasterKey, wrapped: &[WrappedKey]) -> Result<BTreeMap<u32, Key>> {
    wrapped.iter().map(|key| Ok((key.id, master.unwrap(key)?))).collect()
}

/// The form of data keys that seals.
fn sealing(keys: &BTreeMap<u32, Key>) -> BTreeMap<u32, Key> {
    keys.iter().map(|(id, key)| (*id, derive(key, "learnerlink vault sealing"))).collect()
}

fn random_key() -> Result<Key> {
    let mut key = Zeroizing::new([0; 32]);
    fill_random(key.as_mut_slice())?;
    Ok(key)
}

fn fill_random(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|error| Error::internal(format!("the system gives no randomness: {error}")))
}

fn derive(key: &Key, purpose: &str) -> Key {
    let mut derived = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(None, key.as_slice())
        .expand(purpose.as_bytes(), derived.as_mut_slice())
        .expect("32 bytes are within what HKDF can give");
    derived
}

/// Format byte, key number, nonce, ciphertext with its tag. The place and all before the nonce are authenticated.
fn seal(key: &Key, id: u32, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
    let mut sealed = Vec::with_capacity(HEADER + plain.len() + 16);
    sealed.push(FORMAT);
    sealed.extend(id.to_be_bytes());
    let mut nonce = [0; NONCE];
    fill_random(&mut nonce)?;
    sealed.extend(nonce);
    let payload = Payload { msg: plain, aad: &associated(&sealed[..5], place) };
    let cipher = XChaCha20Poly1305::new(key.as_slice().try_into().expect("keys have 32 bytes"));
    let ciphertext =
        cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| Error::internal("a value is too long to seal"))?;
    sealed.extend(ciphertext);
    Ok(sealed)
}

fn open(key: &Key, place: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    key_id(sealed)?;
    let nonce: [u8; NONCE] = sealed[5..HEADER].try_into().ok()?;
    let payload = Payload { msg: &sealed[HEADER..], aad: &associated(&sealed[..5], place) };
    let cipher = XChaCha20Poly1305::new(key.as_slice().try_into().expect("keys have 32 bytes"));
    cipher.decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new)
}

fn key_id(sealed: &[u8]) -> Option<u32> {
    if sealed.len() < HEADER || sealed[0] != FORMAT {
        return None;
    }
    Some(u32::from_be_bytes(sealed[1..5].try_into().ok()?))
}

fn associated(header: &[u8], place: &str) -> Vec<u8> {
    [header, place.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    async fn vault() -> (Store, MasterKey, Vault) {
        let store = Store::open(":memory:").await.unwrap();
        let master = MasterKey::random().unwrap();
        let vault = Vault::open(Arc::clone(&store.vault_keys), master.clone()).await.unwrap();
        (store, master, vault)
    }

    #[tokio::test]
    async fn a_sealed_value_opens_in_its_place_only() {
        let (_store, _, vault) = vault().await;
        let sealed = vault.seal("credential/a/vera", b"s3c+ret").unwrap();
        assert_eq!(vault.open_sealed("credential", "credential/a/vera", &sealed).await.unwrap().as_slice(), b"s3c+ret");
        let moved = vault.open_sealed("credential", "credential/b/vera", &sealed).await;
        assert!(matches!(moved, Err(Error::SealBroken { .. })));
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(vault.open_sealed("credential", "credential/a/vera", &altered).await.is_err(), "byte {at}");
        }
        assert!(vault.open_sealed("credential", "credential/a/vera", &sealed[..20]).await.is_err());
    }

    #[tokio::test]
    async fn another_master_key_does_not_open_the_store() {
        let (store, master, _vault) = vault().await;
        let wrong = Vault::open(Arc::clone(&store.vault_keys), MasterKey::random().unwrap()).await;
        assert!(matches!(wrong, Err(Error::VaultKeyWrong)));
        assert!(Vault::open(store.vault_keys, master).await.is_ok());
    }

    #[tokio::test]
    async fn rotation_keeps_values_and_pseudonyms_and_replaces_the_master_key() {
        let (store, old, vault) = vault().await;
        let before = vault.seal("x", b"value").unwrap();
        let pseudonym = vault.pseudonym("uln", "5123456782");
        let new = MasterKey::random().unwrap();
        vault.rotate(Some(new.clone())).await.unwrap();
        assert_eq!(vault.open_sealed("value", "x", &before).await.unwrap().as_slice(), b"value");
        let after = vault.seal("x", b"value").unwrap();
        assert_ne!(key_id(&before), key_id(&after));
        assert!(matches!(Vault::open(Arc::clone(&store.vault_keys), old).await, Err(Error::VaultKeyWrong)));
        let again = Vault::open(store.vault_keys, new).await.unwrap();
        assert_eq!(again.pseudonym("uln", "5123456782"), pseudonym);
        assert_eq!(again.open_sealed("value", "x", &after).await.unwrap().as_slice(), b"value");
    }

    #[tokio::test]
    async fn a_second_process_reads_values_sealed_after_a_rotation() {
        let (store, master, first) = vault().await;
        let second = Vault::open(store.vault_keys, master).await.unwrap();
        first.rotate(None).await.unwrap();
        let sealed = first.seal("x", b"value").unwrap();
        assert_eq!(second.open_sealed("value", "x", &sealed).await.unwrap().as_slice(), b"value");
    }

    #[test]
    fn a_master_key_is_32_bytes_in_base64() {
        let key = MasterKey::random().unwrap();
        assert!(MasterKey::parse(&format!(" {}\n", *key.to_text())).is_ok());
        for wrong in ["", "not base64!", "c2hvcnQ="] {
            assert!(MasterKey::parse(wrong).is_err());
        }
    }
}
