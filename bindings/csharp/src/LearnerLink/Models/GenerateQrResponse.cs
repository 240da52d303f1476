// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// The answer of <c>generate_qr</c>: issues a request to share a record and returns its QR code (pattern A).
    /// </summary>
    public sealed class GenerateQrResponse : Response
    {
        private GenerateQrResponse(string rawJson, JsonObject source)
            : base(rawJson, source)
        {
            CorrelationId = source.Text("correlationId");
            Profile = source.Text("profile");
            Url = source.Text("url");
            DeadlineAt = source.Text("deadlineAt");
            NextPollMs = source.Integer("nextPollMs");
            Image = source.Object("image", value => new QrImage(value));
            Svg = source.Text("svg");
            Text = source.Text("text");
            Matrix = source.List("matrix", JsonObject.AsText);
        }

        /// <summary>
        /// The handle to poll with. A secret: with the provider's credential it fetches the record.
        /// </summary>
        public string CorrelationId { get; }

        /// <summary>The profile it was issued for.</summary>
        public string Profile { get; }

        /// <summary>The address in the code. A secret, never to be opened automatically.</summary>
        public string Url { get; }

        /// <summary>Until when the learner can act; remove the code from display then.</summary>
        public string DeadlineAt { get; }

        /// <summary>How soon the first poll is worth while, in milliseconds.</summary>
        public long NextPollMs { get; }

        /// <summary>The raster image.</summary>
        public QrImage Image { get; }

        /// <summary>An SVG document.</summary>
        public string Svg { get; }

        /// <summary>Lines of block characters, two modules to a character.</summary>
        public string Text { get; }

        /// <summary>Rows of <c>1</c> (dark) and <c>0</c> (light), without the quiet zone.</summary>
        public IReadOnlyList<string> Matrix { get; }

        internal override string Shown()
        {
            return Show(true, nameof(Outcome), Outcome, nameof(DeadlineAt), DeadlineAt, nameof(NextPollMs), NextPollMs);
        }

        /// <summary>Makes the answer from its JSON, which is kept; handy in a host's own tests.</summary>
        /// <param name="json">A JSON object as the library writes it.</param>
        /// <returns>The answer.</returns>
        public static GenerateQrResponse FromJson(string json)
        {
            return new GenerateQrResponse(json, JsonReader.Object(json));
        }

        /// <summary>What the outcome can be.</summary>
        public static class Outcomes
        {
            /// <summary>Show the code; then poll with the correlation id.</summary>
            public const string Issued = "issued";
        }
    }
}
