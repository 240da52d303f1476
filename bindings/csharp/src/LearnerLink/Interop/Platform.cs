using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LearnerLink.Interop
{
    /// <summary>What differs between frameworks and systems. All reflection is here.</summary>
    internal static class Platform
    {
        internal static readonly int Bits = IntPtr.Size * 8;

        internal static bool IsWindows
        {
            get { return Path.DirectorySeparatorChar == '\\'; }
        }

        internal static bool IsMac
        {
            // mono says that macOS is a Unix like any other.
            get { return !IsWindows && Directory.Exists("/System/Library/CoreServices"); }
        }

        /// <summary>The native library's file name on this system.</summary>
        internal static string FileName
        {
            get { return IsWindows ? "learnerlink.dll" : IsMac ? "liblearnerlink.dylib" : "liblearnerlink.so"; }
        }

        /// <summary>The processor this process runs on, not the machine, which may run 32-bit processes.</summary>
        internal static string Architecture
        {
            get
            {
                string told = ProcessArchitecture();
                return told ?? (Bits == 32 ? "x86" : "x64");
            }
        }

        /// <summary>The platform of this process, such as <c>linux-x64</c>.</summary>
        internal static string Rid
        {
            get { return RidFor(IsMusl()); }
        }

        /// <summary>As <see cref="Rid"/> with the other C library of Linux; null where there is but one.</summary>
        internal static string OtherRid
        {
            get { return IsWindows || IsMac ? null : RidFor(!IsMusl()); }
        }

        /// <summary>Where files of this assembly were put; null in an application that is one file.</summary>
        internal static string AssemblyFolder()
        {
            try
            {
                // Not `Location`: that is a copy without the native files where a server makes shadow copies.
                string address = typeof(Platform).Assembly.GetName().EscapedCodeBase;
                return string.IsNullOrEmpty(address) ? null : Path.GetDirectoryName(new Uri(address).LocalPath);
            }
            catch (Exception error) when (error is NotSupportedException || error is UriFormatException
                || error is FileNotFoundException || error is ArgumentException)
            {
                return null;
            }
        }

        /// <summary>The functions of <c>NativeLibrary</c>, where the framework has it, which is since .NET Core 3.</summary>
        internal static bool TryNativeLibrary(out Func<string, IntPtr> load, out Func<IntPtr, string, IntPtr> find)
        {
            Type type = Find("System.Runtime.InteropServices.NativeLibrary");
            MethodInfo loads = type?.GetMethod("Load", new[] { typeof(string) });
            MethodInfo finds = type?.GetMethod("GetExport", new[] { typeof(IntPtr), typeof(string) });
            if (loads == null || finds == null)
            {
                load = null;
                find = null;
                return false;
            }
            load = (Func<string, IntPtr>)loads.CreateDelegate(typeof(Func<string, IntPtr>));
            find = (Func<IntPtr, string, IntPtr>)finds.CreateDelegate(typeof(Func<IntPtr, string, IntPtr>));
            return true;
        }

        private static string RidFor(bool musl)
        {
            string system = IsWindows ? "win" : IsMac ? "osx" : musl ? "linux-musl" : "linux";
            return system + "-" + Architecture;
        }

        // By what is mapped, since a machine may have both.
        private static bool IsMusl()
        {
            try
            {
                return !IsWindows && !IsMac && File.ReadAllText("/proc/self/maps").Contains("ld-musl-");
            }
            catch (Exception error) when (error is IOException || error is UnauthorizedAccessException)
            {
                return false;
            }
        }

        // `RuntimeInformation` is absent from .NET Framework 4.6.2.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static string ProcessArchitecture()
        {
            Type type = Find("System.Runtime.InteropServices.RuntimeInformation");
            object value = type?.GetProperty("ProcessArchitecture")?.GetValue(null, null);
            return value?.ToString().ToLowerInvariant();
        }

        private static Type Find(string name)
        {
            return typeof(object).Assembly.GetType(name)
                ?? Type.GetType(name + ", System.Runtime.InteropServices", false)
                ?? Type.GetType(name + ", System.Runtime.InteropServices.RuntimeInformation", false);
        }
    }
}
