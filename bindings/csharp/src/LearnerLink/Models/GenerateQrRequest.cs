// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>Issues a request to share a record and returns its QR code (pattern A).</summary>
    public sealed class GenerateQrRequest : Request
    {
        /// <summary>
        /// The forms of the code to return; <c>["image"]</c> when empty. Any of <c>image</c>, <c>svg</c>,
        /// <c>text</c>, <c>matrix</c>.
        /// </summary>
        public IEnumerable<string> Formats { get; set; }

        /// <summary>
        /// Which image to return: VERA's own, or one rendered here from the address. One of <c>service</c>,
        /// <c>rendered</c>.
        /// </summary>
        public string Source { get; set; }

        /// <summary>Pixels per module of an image rendered here; 8 when absent.</summary>
        public long? Scale { get; set; }

        /// <summary>Draw the text for a light terminal; it is drawn for a dark one otherwise.</summary>
        public bool? LightTerminal { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("formats", Formats);
            json.Add("source", Source);
            json.Add("scale", Scale);
            json.Add("lightTerminal", LightTerminal);
            base.WriteTo(json);
        }
    }
}
