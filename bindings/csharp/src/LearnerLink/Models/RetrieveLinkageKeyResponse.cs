// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>retrieve_linkage_key</c>: asks for the linkage key of a patient, from our own register or a
    /// supplier's system.
    /// </summary>
    public sealed class RetrieveLinkageKeyResponse : Response
    {
        private RetrieveLinkageKeyResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Number = source.Integer("number");
            Category = source.Text("category");
            Message = source.Text("message");
            TraceId = source.Text("traceId");
            AccountId = source.Text("accountId");
            LinkageKey = source.Text("linkageKey");
            OdsCode = source.Text("odsCode");
            Surname = source.Text("surname");
            DateOfBirth = source.Text("dateOfBirth");
            Detail = source.Object("detail", value => new BlockDetail(value));
            Reason = source.Text("reason");
            Created = source.Boolean("created");
            Replayed = source.Boolean("replayed");
        }

        /// <summary>The permanent number of the outcome.</summary>
        public long Number { get; }

        /// <summary>The row of NHS Digital's list of responses that the outcome belongs to.</summary>
        public string Category { get; }

        /// <summary>What the outcome means, for the caller.</summary>
        public string Message { get; }

        /// <summary>The caller's reference, or the one that was made for it.</summary>
        public string TraceId { get; }

        /// <summary>The account ID.</summary>
        public string AccountId { get; }

        /// <summary>The linkage key.</summary>
        public string LinkageKey { get; }

        /// <summary>The organisation's code.</summary>
        public string OdsCode { get; }

        /// <summary>The surname as it is registered.</summary>
        public string Surname { get; }

        /// <summary>The date of birth as it is registered, <c>YYYY-MM-DD</c>.</summary>
        public string DateOfBirth { get; }

        /// <summary>Why access is blocked, with <c>patientBlocked</c>.</summary>
        public BlockDetail Detail { get; }

        /// <summary>
        /// A reason beside the outcome: <c>demographics-mismatch</c>, <c>demographics-from-request</c>,
        /// <c>inconsistent-supplier</c>.
        /// </summary>
        public string Reason { get; }

        /// <summary>Whether the key was made by this request.</summary>
        public bool Created { get; }

        /// <summary>Whether a Create was answered as before, because its reference had been used for it.</summary>
        public bool Replayed { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(Category), Category, nameof(Created), Created, nameof(Replayed), Replayed);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static RetrieveLinkageKeyResponse FromJson(string json)
        {
            return new RetrieveLinkageKeyResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The key and what belongs to it are in the response.</summary>
            public const string Ok = "ok";

            /// <summary>The organisation is not on the register.</summary>
            public const string OdsNotFound = "odsNotFound";

            /// <summary>The organisation has switched off digital services.</summary>
            public const string OdsBlocked = "odsBlocked";

            /// <summary>The patient is not registered at this organisation.</summary>
            public const string PatientNotFound = "patientNotFound";

            /// <summary>The patient's digital access is blocked; <c>detail</c> says why.</summary>
            public const string PatientBlocked = "patientBlocked";

            /// <summary>The patient's key was revoked.</summary>
            public const string KeyRevoked = "keyRevoked";

            /// <summary>The patient has no key yet; create one.</summary>
            public const string NoLinkageKey = "noLinkageKey";

            /// <summary>The patient was found, but the key cannot be read.</summary>
            public const string RetrieveFailed = "retrieveFailed";
        }
    }
}
