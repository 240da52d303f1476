//! Gets access tokens.

/// The name of the token endpoint.
pub const ENDPOINT: &str = "token";
