using System.Globalization;

namespace LearnerLink.Interop
{
    /// <summary>A number as it was written, which may be larger or finer than any type of ours.</summary>
    internal sealed class JsonNumber
    {
        internal readonly string Text;

        internal JsonNumber(string text)
        {
            Text = text;
        }

        internal bool TryInteger(out long value)
        {
            return long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        }

        internal bool TryDouble(out double value)
        {
            return double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }
    }
}
