using System;
using System.Text;
using System.Text.RegularExpressions;

namespace LearnerLink.Interop
{
    /// <summary>Text on its way to the library: what C would cut or garble is refused.</summary>
    internal static class Utf8
    {
        internal static readonly UTF8Encoding Strict = new UTF8Encoding(false, true);

        private static readonly Regex EscapedNul =
            new Regex(@"(?<!\\)(?:\\\\)*\\u0000", RegexOptions.CultureInvariant);

        /// <summary>The text as UTF-8 with a NUL at its end.</summary>
        internal static byte[] Terminated(string text, string what)
        {
            if (text.IndexOf('\0') >= 0 || EscapedNul.IsMatch(text))
            {
                throw Refused(what + " has a NUL character");
            }
            try
            {
                byte[] bytes = new byte[Strict.GetByteCount(text) + 1];
                Strict.GetBytes(text, 0, text.Length, bytes, 0);
                return bytes;
            }
            catch (EncoderFallbackException)
            {
                // Not kept as the cause: its message has the character and where it stands.
                throw Refused(what + " has a surrogate without its other half");
            }
        }

        private static LearnerLinkException Refused(string message)
        {
            return Errors.Own(Status.InvalidUtf8, "INVALID_UTF8", message);
        }
    }
}
