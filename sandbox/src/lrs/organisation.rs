//! Holds the invented organisations that may ask the Learning Records Service.

/// An organisation that may ask the Learning Records Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LrsOrganisation {
    /// The UK provider reference number.
    pub ukprn: String,
    /// The organisation's password, which travels in the body of every request.
    pub password: String,
    /// The number of the vendor whose software asks.
    pub vendor_id: i32,
}

impl LrsOrganisation {
    /// The organisations that every sandbox begins with.
    pub fn invented() -> Vec<Self> {
        [("10099901", "Or&chard<Gate>1"), ("10099902", "pass\"word'2")]
            .map(|(ukprn, password)| Self { ukprn: ukprn.to_owned(), password: password.to_owned(), vendor_id: 1 })
            .into()
    }
}
