using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace LearnerLink.Interop
{
    /// <summary>Finds the native library, loads it once, and checks that it is one of ours.</summary>
    internal static class LibraryLoader
    {
        private const string Variable = "LEARNERLINK_LIBRARY_PATH";

        private static readonly object Gate = new object();
        private static volatile Loaded loaded;
        private static string configured;

        internal static NativeMethods Methods
        {
            get { return (loaded ?? LoadOnce()).Methods; }
        }

        internal static LibraryInfo Info
        {
            get { return (loaded ?? LoadOnce()).Info; }
        }

        /// <summary>Where the host says that the library is; null when it says nothing.</summary>
        internal static string Configured
        {
            get
            {
                lock (Gate)
                {
                    return configured;
                }
            }

            set
            {
                lock (Gate)
                {
                    if (loaded != null)
                    {
                        throw Errors.Own(100, "ALREADY_LOADED", loaded.Info.Path + " is loaded already");
                    }
                    configured = value;
                }
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static Loaded LoadOnce()
        {
            lock (Gate)
            {
                return loaded ?? (loaded = Load());
            }
        }

        private static Loaded Load()
        {
            var tried = new List<KeyValuePair<string, string>>();
            foreach (string path in Candidates())
            {
                try
                {
                    if (Path.IsPathRooted(path) && !File.Exists(path))
                    {
                        throw new DllNotFoundException("no such file");
                    }
                    return Load(path);
                }
                catch (Exception error) when (error is DllNotFoundException || error is EntryPointNotFoundException)
                {
                    tried.Add(new KeyValuePair<string, string>(path, error.Message));
                }
            }
            Hint hint = Hint.For(tried);
            var message = new StringBuilder();
            message.Append("the native library cannot be loaded into this ").Append(Platform.Rid)
                .Append(" process (").Append(Platform.Bits).Append(" bit):\n");
            foreach (KeyValuePair<string, string> one in tried)
            {
                message.Append("  ").Append(one.Key).Append(": ").Append(one.Value).Append('\n');
            }
            message.Append("hint (").Append(hint.Word).Append("): ").Append(hint.Sentence);
            throw new LearnerLinkNativeLibraryException(message.ToString(), hint.Word, tried);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static Loaded Load(string path)
        {
            DynamicLibrary library = DynamicLibrary.Load(path);
            // The version comes first: an older library is better told by it than by a function it lacks.
            var version = NativeMethods.Bind<NativeMethods.VersionFunction>(library.Function, "learnerlink_version");
            var abi = NativeMethods.Bind<NativeMethods.AbiVersionFunction>(library.Function, "learnerlink_abi_version");
            uint number = abi();
            uint major = number >> 16;
            uint minor = number & 0xffff;
            var info = new LibraryInfo(path, Marshal.PtrToStringAnsi(version()), major + "." + minor, Platform.Rid);
            if (major != Constants.AbiMajor || minor < Constants.AbiMinor)
            {
                string reason = "version " + info.Version + " has interface " + info.Abi + ", this package needs "
                    + Constants.AbiMajor + "." + Constants.AbiMinor;
                throw new LearnerLinkNativeLibraryException(
                    path + ": " + reason + "\nhint (version): install package and library of the same version",
                    "version",
                    new[] { new KeyValuePair<string, string>(path, reason) });
            }
            return new Loaded(new NativeMethods(library.Function), info);
        }

        private static IEnumerable<string> Candidates()
        {
            string chosen = configured;
            if (string.IsNullOrEmpty(chosen))
            {
                chosen = Environment.GetEnvironmentVariable(Variable);
            }
            if (!string.IsNullOrEmpty(chosen))
            {
                // What was chosen does not fall through: a silent second choice is the harder failure to find.
                string path = Path.GetFullPath(chosen);
                return new[] { Directory.Exists(path) ? Path.Combine(path, Platform.FileName) : path };
            }
            var paths = new List<string>();
            foreach (string folder in Folders())
            {
                string path = Path.Combine(folder, Platform.FileName);
                if (!paths.Contains(path))
                {
                    paths.Add(path);
                }
            }
            if (!Platform.IsWindows)
            {
                // Where packages of the distribution put it. On Windows anybody may put a file where that looks.
                paths.Add(Platform.FileName);
            }
            return paths;
        }

        private static IEnumerable<string> Folders()
        {
            string application = AppDomain.CurrentDomain.BaseDirectory;
            foreach (string folder in new[] { Platform.AssemblyFolder(), application, Path.Combine(application, "bin") })
            {
                if (folder == null)
                {
                    continue;
                }
                yield return Path.Combine(folder, "runtimes", Platform.Rid, "native");
                if (Platform.OtherRid != null)
                {
                    yield return Path.Combine(folder, "runtimes", Platform.OtherRid, "native");
                }
                if (Platform.IsWindows)
                {
                    yield return Path.Combine(folder, Platform.Architecture);
                }
                yield return folder;
            }
        }

        private sealed class Loaded
        {
            internal readonly NativeMethods Methods;
            internal readonly LibraryInfo Info;

            internal Loaded(NativeMethods methods, LibraryInfo info)
            {
                Methods = methods;
                Info = info;
            }
        }
    }
}
