//! Addresses of services as configuration gives them.

use url::{Host, Url};

/// Accepts `https` everywhere and `http` for this machine only, since secrets and records travel there.
///
/// # Errors
/// What is wrong, as the rest of a sentence that begins with the value's name.
pub fn checked(text: &str, sandboxed: bool) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "must be an address like `https://host/path/`")?;
    let host = url.host().ok_or("must be an address like `https://host/path/`")?;
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err("must not have a query, a fragment or a user name");
    }
    let local = match host {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if local || sandboxed => Ok(url),
        _ => Err("must begin with `https://`; `http://` is for this machine only"),
    }
}

/// Ends an address with a slash, without which joining a path would drop its last segment.
#[must_use]
pub fn with_slash(mut address: Url) -> Url {
    if !address.path().ends_with('/') {
        let path = format!("{}/", address.path());
        address.set_path(&path);
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_travel_over_plain_http_to_another_machine() {
        for (text, fits) in [
            ("https://h/", true),
            ("http://127.0.0.1:1/", true),
            ("http://localhost/", true),
            ("http://[::1]:1/", true),
            ("http://h/", false),
            ("http://127.evil.example/", false),
            ("http://127.0.0.1.evil.example@h/", false),
            ("ftp://h/", false),
            ("https://user@h/", false),
            ("nonsense", false),
        ] {
            assert_eq!(checked(text, false).is_ok(), fits, "{text}");
        }
    }
}
