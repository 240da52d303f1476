//! Which interfaces there are, and how each is addressed.

use hyper::Method;

/// An interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `POST /im1/linkage/v1/…`.
    Native,
    /// `/patient/linkage`, with the request in headers.
    Header,
    /// `/organisations/{ods}/onlineservices/linkage`, with the NHS number in the address.
    Organisations,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Retrieve,
    Create,
}

impl Function {
    pub(super) const fn operation(self) -> &'static str {
        match self {
            Self::Retrieve => "retrieve_linkage_key",
            Self::Create => "create_linkage_key",
        }
    }

    pub(super) const fn trace_header(self) -> &'static str {
        match self {
            Self::Retrieve => "TransactionId",
            Self::Create => "CorrelationID",
        }
    }

    pub(super) const fn scope(self) -> &'static str {
        match self {
            Self::Retrieve => "linkage.retrieve",
            Self::Create => "linkage.create",
        }
    }
}

/// An address of an interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) shape: Shape,
    /// The organisation's code in the address, decoded.
    pub(super) ods: Option<String>,
    pub(super) is_health: bool,
    /// What the address itself asks for; where it does not, the method does.
    function: Option<Function>,
}

impl Shape {
    /// What the addresses of all interfaces begin with, each alone.
    pub(in crate::listener) const BEGINNINGS: [&'static str; 3] =
        ["/im1/linkage", "/patient/linkage", "/organisations/"];

    /// The address that a path is, if it is one of this interface.
    pub(super) fn route(self, path: &str) -> Option<Route> {
        let route = |function, is_health| Some(Route { shape: self, ods: None, is_health, function });
        match self {
            Self::Native => match path.strip_prefix("/im1/linkage/v1/")? {
                "retrieve" => route(Some(Function::Retrieve), false),
                "create" => route(Some(Function::Create), false),
                "health" => route(None, true),
                _ => None,
            },
            Self::Header => (path == "/patient/linkage").then(|| route(None, false)).flatten(),
            Self::Organisations => {
                let ods = path.strip_prefix("/organisations/")?.strip_suffix("/onlineservices/linkage")?;
                if ods.contains('/') {
                    return None;
                }
                let ods = percent_encoding::percent_decode_str(ods).decode_utf8_lossy().into_owned();
                Some(Route { shape: self, ods: Some(ods), is_health: false, function: None })
            }
        }
    }
}

impl Route {
    /// What a request of this method asks for; `None` when it takes no such method.
    pub(super) fn function(&self, method: &Method) -> Option<Function> {
        match (self.is_health, self.function, method) {
            (true, _, &Method::GET) => Some(Function::Retrieve),
            (false, Some(function), &Method::POST) => Some(function),
            (false, None, &Method::GET) => Some(Function::Retrieve),
            (false, None, &Method::POST) => Some(Function::Create),
            _ => None,
        }
    }

    /// The methods it takes.
    pub(super) const fn methods(&self) -> &'static str {
        match (self.is_health, self.function) {
            (true, _) => "GET",
            (false, Some(_)) => "POST",
            (false, None) => "GET, POST",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_whole_and_take_their_methods_only() {
        let native = Shape::Native.route("/im1/linkage/v1/create").unwrap();
        assert_eq!(native.function(&Method::POST), Some(Function::Create));
        assert_eq!((native.function(&Method::GET), native.methods()), (None, "POST"));
        for path in ["/im1/linkage/v1/", "/im1/linkage/v1/create/", "/im1/linkage/v2/create", "/im1/linkage/v1/Create"]
        {
            assert_eq!(Shape::Native.route(path), None, "{path}");
        }
        let vision = Shape::Organisations.route("/organisations/a%2012345/onlineservices/linkage").unwrap();
        assert_eq!(vision.ods.as_deref(), Some("a 12345"));
        assert_eq!(vision.function(&Method::GET), Some(Function::Retrieve));
        assert_eq!(vision.function(&Method::DELETE), None);
        assert_eq!(Shape::Organisations.route("/organisations/a/b/onlineservices/linkage"), None);
        assert_eq!(Shape::Header.route("/patient/linkage/"), None);
    }
}
