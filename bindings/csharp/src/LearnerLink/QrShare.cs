using System;
using System.Globalization;

namespace LearnerLink
{
    /// <summary>A request to share, to be shown as a QR code.</summary>
    public sealed class QrShare
    {
        /// <summary>Makes it from the answer of <c>GenerateQr</c>.</summary>
        /// <param name="response">The answer.</param>
        public QrShare(GenerateQrResponse response)
        {
            Response = response ?? throw new ArgumentNullException(nameof(response));
        }

        /// <summary>The library's whole answer.</summary>
        public GenerateQrResponse Response { get; }

        /// <summary>The handle to wait with. A secret: with the provider's credential it fetches the record.</summary>
        public string CorrelationId
        {
            get { return Response.CorrelationId; }
        }

        /// <summary>The address in the code. A secret, never to be opened automatically.</summary>
        public string Url
        {
            get { return Response.Url; }
        }

        /// <summary>Until when the learner can act, in UTC; take the code away then.</summary>
        public DateTimeOffset ExpiresAt
        {
            get
            {
                // Whole seconds, since the text may be finer than a tick.
                return DateTimeOffset.ParseExact(
                    Response.DeadlineAt.Substring(0, 19),
                    "yyyy-MM-dd'T'HH:mm:ss",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal);
            }
        }

        /// <summary>The image's bytes, in the format that <see cref="MediaType"/> says; empty when none was asked for.</summary>
        public byte[] ImageBytes
        {
            get { return Response.Image == null ? new byte[0] : Convert.FromBase64String(Response.Image.Base64); }
        }

        /// <summary><c>image/png</c>, <c>image/jpeg</c> or <c>image/gif</c>.</summary>
        public string MediaType
        {
            get { return Response.Image?.MediaType ?? ""; }
        }

        /// <summary>The image for the <c>src</c> of an HTML <c>img</c>.</summary>
        public string DataUri
        {
            get { return Response.Image?.DataUri ?? ""; }
        }

        /// <summary>The exact text the library gave.</summary>
        public string RawJson
        {
            get { return Response.RawJson; }
        }

        /// <summary>The time it ends, and neither the address nor the handle, so that it may stand in a log.</summary>
        /// <returns>A line for people.</returns>
        public override string ToString()
        {
            return "QrShare(ExpiresAt=" + ExpiresAt.ToString("u", CultureInfo.InvariantCulture) + ", ...)";
        }
    }
}
