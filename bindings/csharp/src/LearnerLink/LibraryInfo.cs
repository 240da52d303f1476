namespace LearnerLink
{
    /// <summary>Which native library is loaded.</summary>
    public sealed class LibraryInfo
    {
        internal LibraryInfo(string path, string version, string abi, string rid)
        {
            Path = path;
            Version = version;
            Abi = abi;
            Rid = rid;
        }

        /// <summary>Its file, or its bare name where the system's loader found it.</summary>
        public string Path { get; }

        /// <summary>The library's version.</summary>
        public string Version { get; }

        /// <summary>The version of its interface, such as <c>1.0</c>.</summary>
        public string Abi { get; }

        /// <summary>The platform of this process, such as <c>linux-x64</c>.</summary>
        public string Rid { get; }

        /// <summary>All of it in a line.</summary>
        /// <returns>A line for reports.</returns>
        public override string ToString()
        {
            return "LearnerLink " + Version + " (interface " + Abi + ") for " + Rid + " at " + Path;
        }
    }
}
