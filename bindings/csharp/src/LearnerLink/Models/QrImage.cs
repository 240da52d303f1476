// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The raster image.</summary>
    public sealed class QrImage : Model
    {
        internal QrImage(JsonObject source)
            : base(source)
        {
            Source = source.Text("source");
            MediaType = source.Text("mediaType");
            Base64 = source.Text("base64");
            DataUri = source.Text("dataUri");
        }

        /// <summary>Where it comes from.</summary>
        public string Source { get; }

        /// <summary><c>image/png</c>, <c>image/jpeg</c> or <c>image/gif</c>.</summary>
        public string MediaType { get; }

        /// <summary>The image's bytes in base64.</summary>
        public string Base64 { get; }

        /// <summary>The same as a data URI, for an <c>img</c> element.</summary>
        public string DataUri { get; }

        internal override string Shown()
        {
            return Show(true, nameof(MediaType), MediaType);
        }
    }
}
