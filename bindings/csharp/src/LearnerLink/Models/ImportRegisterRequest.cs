// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Imports organisations, patients, accounts and linkage keys from a file into our own register.
    /// </summary>
    public sealed class ImportRegisterRequest : Request
    {
        /// <summary>
        /// Path of the file: CSV or JSON Lines in UTF-8, or a sealed export; it is told by its first line.
        /// Required.
        /// </summary>
        public string Path { get; set; }

        /// <summary>The passphrase of a sealed export.</summary>
        public string Passphrase { get; set; }

        /// <summary>
        /// What to do with what is on the register already; <c>fail</c> when absent. One of <c>fail</c>,
        /// <c>skip</c>, <c>replace</c>.
        /// </summary>
        public string OnConflict { get; set; }

        /// <summary>
        /// What to do when rows are refused; <c>stop</c> when absent. One of <c>stop</c>, <c>skip</c>.
        /// </summary>
        public string OnRefused { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("path", Path);
            json.Add("passphrase", Passphrase);
            json.Add("onConflict", OnConflict);
            json.Add("onRefused", OnRefused);
            base.WriteTo(json);
        }
    }
}
