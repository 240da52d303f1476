// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>authorize_sif_request</c>: checks the headers with which a SIF request came, once for each
    /// request.
    /// </summary>
    public sealed class AuthorizeSifRequestResponse : Response
    {
        private AuthorizeSifRequestResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            Caller = source.Text("caller");
            HttpStatus = source.OptionalInteger("httpStatus");
            Description = source.Text("description");
        }

        /// <summary>The profile whose session token and secret were used, with <c>authorized</c>.</summary>
        public string Caller { get; }

        /// <summary>The HTTP status to answer with, with <c>refused</c>.</summary>
        public long? HttpStatus { get; }

        /// <summary>The description to answer with, with <c>refused</c>.</summary>
        public string Description { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(HttpStatus), HttpStatus);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static AuthorizeSifRequestResponse FromJson(string json)
        {
            return new AuthorizeSifRequestResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>The caller is the one whose profile is in the response.</summary>
            public const string Authorized = "authorized";

            /// <summary>
            /// The caller is not let in; <c>httpStatus</c> and <c>description</c> are what to answer.
            /// </summary>
            public const string Refused = "refused";
        }
    }
}
