using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LearnerLink.Interop
{
    /// <summary>A native library that was loaded by the operating system; it is never unloaded.</summary>
    internal sealed class DynamicLibrary
    {
        private readonly IntPtr handle;
        private readonly Func<IntPtr, string, IntPtr> find;

        private DynamicLibrary(IntPtr handle, Func<IntPtr, string, IntPtr> find)
        {
            this.handle = handle;
            this.find = find;
        }

        /// <summary>Loads the library at a path, or of a name that the system's loader finds.</summary>
        /// <exception cref="DllNotFoundException">The operating system's reason.</exception>
        [MethodImpl(MethodImplOptions.NoInlining)]
        internal static DynamicLibrary Load(string path)
        {
            if (Platform.TryNativeLibrary(out Func<string, IntPtr> load, out Func<IntPtr, string, IntPtr> find))
            {
                try
                {
                    return new DynamicLibrary(load(path), find);
                }
                catch (BadImageFormatException error)
                {
                    throw new DllNotFoundException(error.Message);
                }
            }
            return Platform.IsWindows ? Windows.Load(path) : Unix.Load(path);
        }

        /// <summary>The address of a function.</summary>
        /// <exception cref="EntryPointNotFoundException">There is none.</exception>
        internal IntPtr Function(string name)
        {
            IntPtr address = find(handle, name);
            return address != IntPtr.Zero ? address : throw new EntryPointNotFoundException("it has no function " + name);
        }

        private static class Windows
        {
            // What the library needs is looked for beside it.
            private const uint AlteredSearchPath = 8;

            [MethodImpl(MethodImplOptions.NoInlining)]
            internal static DynamicLibrary Load(string path)
            {
                IntPtr handle = LoadLibraryEx(path, IntPtr.Zero, AlteredSearchPath);
                if (handle == IntPtr.Zero)
                {
                    // The number as well, since the sentence is in the user's language.
                    int number = Marshal.GetLastWin32Error();
                    throw new DllNotFoundException("[error " + number + "] " + new Win32Exception(number).Message);
                }
                return new DynamicLibrary(handle, GetProcAddress);
            }

            [DllImport("kernel32", EntryPoint = "LoadLibraryExW", CharSet = CharSet.Unicode, SetLastError = true)]
            private static extern IntPtr LoadLibraryEx(string path, IntPtr file, uint flags);

            [DllImport("kernel32", CharSet = CharSet.Ansi, ExactSpelling = true, BestFitMapping = false)]
            private static extern IntPtr GetProcAddress(IntPtr handle, string name);
        }

        private static class Unix
        {
            private const int Now = 2;

            [MethodImpl(MethodImplOptions.NoInlining)]
            internal static DynamicLibrary Load(string path)
            {
                try
                {
                    return Load(path, Versioned.dlopen, Versioned.dlsym, Versioned.dlerror);
                }
                catch (Exception error) when (IsAbsent(error))
                {
                    // Not Linux with glibc.
                }
                try
                {
                    return Load(path, Plain.dlopen, Plain.dlsym, Plain.dlerror);
                }
                catch (Exception error) when (IsAbsent(error))
                {
                    return Load(path, Whole.dlopen, Whole.dlsym, Whole.dlerror);
                }
            }

            private static bool IsAbsent(Exception error)
            {
                return error is DllNotFoundException && !(error is RefusedException)
                    || error is EntryPointNotFoundException;
            }

            private static DynamicLibrary Load(
                string path, Func<byte[], int, IntPtr> open, Func<IntPtr, string, IntPtr> find, Func<IntPtr> why)
            {
                // Before: mono finds each function with calls of its own, which forget the reason.
                why();
                // Not as a string: that is marshalled by the system's code page in some frameworks.
                IntPtr handle = open(Utf8.Terminated(path, "the path"), Now);
                if (handle == IntPtr.Zero)
                {
                    throw new RefusedException(Marshal.PtrToStringAnsi(why()));
                }
                return new DynamicLibrary(handle, find);
            }

            /// <summary>The library was not loaded, as opposed to the loader itself.</summary>
            private sealed class RefusedException : DllNotFoundException
            {
                internal RefusedException(string message)
                    : base(message)
                {
                }
            }

            private static class Versioned
            {
                [DllImport("libdl.so.2")]
                internal static extern IntPtr dlopen(byte[] path, int flags);

                [DllImport("libdl.so.2", CharSet = CharSet.Ansi, BestFitMapping = false)]
                internal static extern IntPtr dlsym(IntPtr handle, string name);

                [DllImport("libdl.so.2")]
                internal static extern IntPtr dlerror();
            }

            private static class Plain
            {
                [DllImport("libdl")]
                internal static extern IntPtr dlopen(byte[] path, int flags);

                [DllImport("libdl", CharSet = CharSet.Ansi, BestFitMapping = false)]
                internal static extern IntPtr dlsym(IntPtr handle, string name);

                [DllImport("libdl")]
                internal static extern IntPtr dlerror();
            }

            private static class Whole
            {
                [DllImport("libc")]
                internal static extern IntPtr dlopen(byte[] path, int flags);

                [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false)]
                internal static extern IntPtr dlsym(IntPtr handle, string name);

                [DllImport("libc")]
                internal static extern IntPtr dlerror();
            }
        }
    }
}
