// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Checks an account id and linkage key that somebody presents against our own register.</summary>
    public sealed class CheckLinkageKeyRequest : Request
    {
        /// <summary>Code of the organisation. Required.</summary>
        public string OdsCode { get; set; }

        /// <summary>The account ID. Required.</summary>
        public string AccountId { get; set; }

        /// <summary>The linkage key. Required.</summary>
        public string LinkageKey { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("odsCode", OdsCode);
            json.Add("accountId", AccountId);
            json.Add("linkageKey", LinkageKey);
            base.WriteTo(json);
        }
    }
}
