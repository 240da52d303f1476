// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Checks that the audit trail is complete and unaltered.</summary>
    public sealed class VerifyAuditRequest : Request
    {
        internal override void WriteTo(JsonWriter json)
        {
            base.WriteTo(json);
        }
    }
}
