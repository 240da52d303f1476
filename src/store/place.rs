//! Where the store is: a file, memory, or a PostgreSQL server.

use std::fmt;

use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// A file's path, `:memory:`, or the address of a PostgreSQL server. An address may hold a password, so this never shows
/// more than [`shown`](Place::shown) of it by itself.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Place(#[schemars(with = "String")] SecretString);

impl Place {
    /// The place in full, with the password where it has one.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether it is the address of a server.
    #[must_use]
    pub fn is_server(&self) -> bool {
        is_server(self.expose())
    }

    /// The place as people may see it: of an address only server, port and database.
    #[must_use]
    pub fn shown(&self) -> String {
        if !self.is_server() {
            return self.expose().to_owned();
        }
        match url::Url::parse(self.expose()) {
            Ok(url) => {
                let host = url.host_str().unwrap_or_default();
                let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
                format!("{}://{host}{port}{}", url.scheme(), url.path())
            }
            Err(_) => "postgres://(not an address)".into(),
        }
    }
}

impl From<&str> for Place {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.shown())
    }
}

/// Whether a store's place is the address of a server and not a path.
#[must_use]
pub fn is_server(place: &str) -> bool {
    place.starts_with("postgres://") || place.starts_with("postgresql://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_see_of_a_place_has_no_user_password_or_parameters() {
        let place = Place::from("postgres://sis:s3cret@db.example:5433/register?sslrootcert=/etc/x.pem");
        assert_eq!(format!("{place:?} {}", place.shown()).matches("postgres://db.example:5433/register").count(), 2);
        for hidden in ["s3cret", "sis", "x.pem"] {
            assert!(!format!("{place:?} {}", place.shown()).contains(hidden));
        }
        let broken = Place::from("postgres://sis:s3c#ret@[db/x");
        assert!(!format!("{broken:?}").contains("s3c"), "{broken:?}");
        assert_eq!(Place::from("c:\\register.db").shown(), "c:\\register.db");
    }
}
