using System;
using System.Collections.Generic;

namespace LearnerLink.Interop
{
    /// <summary>The likely reason why no library could be loaded: a word of the README's table and a sentence.</summary>
    internal struct Hint
    {
        internal readonly string Word;
        internal readonly string Sentence;

        internal Hint(string word, string sentence)
        {
            Word = word;
            Sentence = sentence;
        }

        /// <summary>Chooses by the paths tried and the operating system's reasons.</summary>
        internal static Hint For(IEnumerable<KeyValuePair<string, string>> tried)
        {
            foreach (KeyValuePair<string, string> one in tried)
            {
                Hint? hint = For(one.Key, one.Value);
                if (hint != null)
                {
                    return hint.Value;
                }
            }
            return new Hint(
                "missing",
                "nothing is packed for " + Platform.Rid
                    + " here; add the package LearnerLink.Native, or set LEARNERLINK_LIBRARY_PATH or LearnerLinkLibrary.Path");
        }

        private static Hint? For(string path, string reason)
        {
            string own = Platform.Architecture;
            string found = LibraryFile.ArchitectureOf(path);
            if (found != null && found != own && found != "universal")
            {
                return new Hint(
                    "architecture",
                    path + " is for " + found + ", this process is " + own + "; install the library for " + own);
            }
            if (Says(reason, "GLIBC"))
            {
                return new Hint(
                    "glibc", "the file needs a newer C library than this system has; install the one built for it");
            }
            if (Says(reason, "failed to map segment", "operation not permitted"))
            {
                return new Hint(
                    "noexec", "the file lies where nothing may be executed (noexec); move it elsewhere");
            }
            if (Says(reason, "invalid ELF header", "file too short", "[error 193]", "0x800700C1"))
            {
                return new Hint("damaged", path + " is no library; install the package again");
            }
            if (Says(reason, "policy", "blocked", "code signature", "[error 1260]", "[error 4551]", "[error 577]"))
            {
                return new Hint("policy", "a policy of this machine blocks the file; an administrator must allow it");
            }
            if (Says(reason, "permission denied", "[error 5]"))
            {
                return new Hint("permission", "this user may not read " + path);
            }
            return null;
        }

        private static bool Says(string reason, params string[] words)
        {
            return Array.Exists(words, word => reason.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
        }
    }
}
