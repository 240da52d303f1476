//! Bytes as people read them.

/// Two hexadecimal digits for each byte.
pub(crate) fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
