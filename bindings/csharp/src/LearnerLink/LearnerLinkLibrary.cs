using System;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>The native library as a whole. It is loaded on first use, once in an application domain.</summary>
    public static class LearnerLinkLibrary
    {
        /// <summary>
        /// Where the native library is, a file or its folder, instead of the environment and the package. Null leaves it
        /// to those. Set it before anything else.
        /// </summary>
        /// <exception cref="LearnerLinkUsageException">A library is loaded already (<c>ALREADY_LOADED</c>).</exception>
        public static string Path
        {
            get { return LibraryLoader.Configured; }
            set { LibraryLoader.Configured = value; }
        }

        /// <summary>Which library is used; loads it if need be. Paste it into reports.</summary>
        /// <exception cref="LearnerLinkNativeLibraryException">It cannot be loaded.</exception>
        public static LibraryInfo Info
        {
            get { return LibraryLoader.Info; }
        }

        /// <summary>The catalogue: versions, operations with their schemas and outcomes, and all errors.</summary>
        /// <returns>A JSON object.</returns>
        public static string Describe()
        {
            return Native.Describe();
        }

        /// <summary>Counters of the process, among them open handles by kind; for a plugin see <see cref="Plugin.Stats"/>.</summary>
        /// <returns>A JSON object.</returns>
        public static string Stats()
        {
            return Native.Stats(0);
        }

        /// <summary>Cancels all work of the library in this process and waits for it to end.</summary>
        /// <remarks>Plugins that are open refuse new work afterwards; new ones may be opened.</remarks>
        /// <param name="timeout">For how long to wait.</param>
        /// <exception cref="LearnerLinkTimeoutException">Something did not end in time; the details name it.</exception>
        public static void Shutdown(TimeSpan timeout)
        {
            Native.Shutdown((uint)Math.Max(0, Math.Min(timeout.TotalMilliseconds, uint.MaxValue)));
        }
    }
}
