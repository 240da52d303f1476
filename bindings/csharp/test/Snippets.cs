namespace LearnerLink.Tests
{
    /// <summary>What the snippets of the README take for granted, such as a form; they are its other part.</summary>
    internal sealed partial class Snippets
    {
        internal readonly Control qrBox = new Control();
        internal readonly Control status = new Control();
        internal readonly Plugin plugin;

        private readonly string ukprn = "10099901";

        internal Snippets(Plugin plugin)
        {
            this.plugin = plugin;
        }

        internal void ClickShare()
        {
            ShareButton_Click(this, System.EventArgs.Empty);
        }

        internal void ClickStop()
        {
            StopButton_Click(this, System.EventArgs.Empty);
        }

        private static object Decode(byte[] image)
        {
            return image.Length;
        }

        internal sealed class Control
        {
            internal volatile object Image;
            internal volatile string Text;
        }
    }
}
