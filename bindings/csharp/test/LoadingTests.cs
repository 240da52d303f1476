using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>Finding and loading the library, each time in a process of its own.</summary>
    [TestFixture]
    public class LoadingTests : TestBase
    {
        private const string Variable = "LEARNERLINK_LIBRARY_PATH";

        private static readonly string Home = Path.GetDirectoryName(typeof(LoadingTests).Assembly.Location);

        private string folder;

        [SetUp]
        public void MakeAFolder()
        {
            // A name with everything that an address would escape.
            folder = Path.Combine(Path.GetTempPath(), "lib %41 #1 é " + Guid.NewGuid());
            Directory.CreateDirectory(folder);
        }

        [TearDown]
        public void RemoveTheFolder()
        {
            Directory.Delete(folder, true);
        }

        [Test]
        public void The_packed_library_is_used()
        {
            string[] info = Run(null, "info");
            string native = Path.Combine("runtimes", info[3], "native");
            Assert.That(info[0], Is.StringStarting(Path.Combine(Home, native)));
            Assert.That(info[3], Is.EqualTo(LearnerLinkLibrary.Info.Rid));
            Assert.That(info[1], Is.EqualTo(typeof(Plugin).Assembly.GetName().Version.ToString(3)));
        }

        [Test]
        public void The_packed_library_is_found_in_a_folder_of_any_name()
        {
            foreach (string name in new[] { "LearnerLink.dll", "Host.exe" })
            {
                File.Copy(Path.Combine(Home, name), Path.Combine(folder, name));
            }
            File.Copy(LearnerLinkLibrary.Info.Path, Path.Combine(folder, Path.GetFileName(LearnerLinkLibrary.Info.Path)));
            string[] info = RunAt(folder, null, "info");
            Assert.That(Path.GetDirectoryName(info[0]), Is.EqualTo(folder));
        }

        [Test, Scenario]
        public void A_missing_library_is_explained()
        {
            string path = Path.Combine(folder, "liblearnerlink.so");
            string message = Failure(null, "missing", path);
            Assert.That(message, Is.StringContaining(path + ": no such file"));
            Assert.That(message, Is.StringContaining(Variable));
        }

        [Test, Scenario]
        public void A_library_of_another_architecture_is_explained()
        {
            // The header of a 32-bit ELF file for x86 is all that a loader reads before it refuses.
            byte[] header = new byte[1024];
            new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1 }.CopyTo(header, 0);
            header[16] = header[18] = 3;
            header[20] = 1;
            File.WriteAllBytes(Path.Combine(folder, "liblearnerlink.so"), header);
            Assert.That(IntPtr.Size, Is.EqualTo(8), "this test is for 64-bit machines");
            Assert.That(Failure(null, "architecture", folder), Is.StringContaining("is for x86"));
        }

        [Test, Scenario]
        public void A_library_of_another_interface_is_explained()
        {
            string message = Failure(null, "version", Stub(2, 0, "learnerlink_version", "learnerlink_abi_version"));
            Assert.That(message, Is.StringContaining("7.8.9"));
            Assert.That(message, Is.StringContaining("2.0"));
            Assert.That(message, Is.StringContaining("1.0"));
        }

        [Test, Scenario]
        public void The_environment_overrides_and_does_not_fall_through()
        {
            string library = Stub(1, 9, NativeTests.Functions.Keys.ToArray());
            Assert.That(Run(library, "info").Take(3), Is.EqualTo(new[] { library, "7.8.9", "1.9" }));
            Assert.That(Run(folder, "info")[0], Is.EqualTo(library));
            string[] failed = Run(Path.Combine(folder, "none.so"), "fail");
            Assert.That(failed[1], Is.EqualTo("1"), "only what was named is tried");
            Assert.That(string.Join("\n", failed), Is.StringContaining("none.so"));
        }

        [Test]
        public void What_is_set_in_code_goes_before_the_environment()
        {
            string named = Path.Combine(folder, "named.so");
            Assert.That(Failure(LearnerLinkLibrary.Info.Path, "missing", named), Is.StringContaining(named));
        }

        [Test]
        public void Without_a_packed_library_every_place_is_told()
        {
            foreach (string name in new[] { "LearnerLink.dll", "Host.exe" })
            {
                File.Copy(Path.Combine(Home, name), Path.Combine(folder, name));
            }
            string[] said = RunAt(folder, null, "fail");
            string message = string.Join("\n", said.Skip(2));
            Assert.That(said[0], Is.EqualTo("missing"));
            foreach (string place in new[] { "runtimes/linux-x64/native", "runtimes/linux-musl-x64/native", "bin" })
            {
                Assert.That(message, Is.StringContaining(Path.Combine(folder, place)));
            }
            Assert.That(message, Is.StringContaining("linux-x64 process (64 bit)"));
        }

        [Test]
        public void A_library_without_a_function_is_not_used()
        {
            string path = Stub(1, 0, "learnerlink_version", "learnerlink_abi_version");
            Assert.That(Failure(null, "missing", path), Is.StringContaining("learnerlink_describe"));
        }

        [Test]
        public void What_is_no_library_is_damaged()
        {
            string path = Path.Combine(folder, "liblearnerlink.so");
            File.WriteAllText(path, new string('x', 1000));
            Failure(null, "damaged", path);
        }

        [Test]
        public void A_path_that_is_set_too_late_is_refused()
        {
            Assert.That(LearnerLinkLibrary.Info.Path, Is.Not.Empty);
            var error = Thrown<LearnerLinkUsageException>(() => LearnerLinkLibrary.Path = "elsewhere");
            Assert.That(error.Code, Is.EqualTo("ALREADY_LOADED"));
        }

        [TestCase("/lib/libc.so.6: version `GLIBC_2.38' not found", "glibc")]
        [TestCase("failed to map segment from shared object", "noexec")]
        [TestCase("cannot open shared object file: Permission denied", "permission")]
        [TestCase("invalid ELF header", "damaged")]
        [TestCase("[error 193] %1 is not a valid Win32 application", "damaged")]
        [TestCase("[error 1260] This program is blocked by group policy", "policy")]
        [TestCase("[error 5] Access is denied", "permission")]
        [TestCase("no such file", "missing")]
        public void What_the_system_says_becomes_a_hint(string reason, string hint)
        {
            Assert.That(HintFor("nowhere/liblearnerlink.so", reason), Is.EqualTo(hint));
        }

        [TestCase("7f454c46 02 01", 18, "b700", "arm64")]
        [TestCase("7f454c46 02 01", 18, "3e00", "x64")]
        [TestCase("7f454c46 01 02", 18, "0003", "x86")]
        [TestCase("cffaedfe 0c000001", 8, "", "arm64")]
        [TestCase("cffaedfe 07000001", 8, "", "x64")]
        [TestCase("cafebabe", 8, "", "universal")]
        [TestCase("4d5a", 60, "80000000", null)]
        [TestCase("deadbeef", 8, "", null)]
        public void The_header_of_a_file_tells_its_processor(string magic, int place, string bytes, string architecture)
        {
            byte[] file = new byte[100];
            Bytes(magic).CopyTo(file, 0);
            Bytes(bytes).CopyTo(file, place);
            Assert.That(ArchitectureOf(file), Is.EqualTo(architecture));
        }

        [TestCase("4c01", "x86")]
        [TestCase("6486", "x64")]
        [TestCase("64aa", "arm64")]
        public void The_header_of_a_windows_file_tells_its_processor(string machine, string architecture)
        {
            byte[] file = new byte[200];
            Bytes("4d5a").CopyTo(file, 0);
            file[0x3c] = 128;
            Bytes(machine).CopyTo(file, 132);
            Assert.That(ArchitectureOf(file), Is.EqualTo(architecture));
        }

        private string ArchitectureOf(byte[] file)
        {
            string path = Path.Combine(folder, "file");
            File.WriteAllBytes(path, file);
            return (string)NativeTests.Internal("LibraryFile", "ArchitectureOf", path);
        }

        private static string HintFor(string path, string reason)
        {
            object hint = NativeTests.Internal("Hint", "For", new[] { new KeyValuePair<string, string>(path, reason) });
            return (string)hint.GetType().GetField("Word", NativeTests.Hidden).GetValue(hint);
        }

        private static byte[] Bytes(string text)
        {
            text = text.Replace(" ", "");
            return Enumerable.Range(0, text.Length / 2).Select(at => Convert.ToByte(text.Substring(2 * at, 2), 16)).ToArray();
        }

        /// <summary>Compiles a library that has nothing but these functions.</summary>
        private string Stub(int major, int minor, params string[] functions)
        {
            var source = new StringBuilder();
            foreach (string name in functions)
            {
                source.AppendLine(
                    name == "learnerlink_version" ? "const char *learnerlink_version(void) { return \"7.8.9\"; }"
                    : name == "learnerlink_abi_version"
                        ? "unsigned learnerlink_abi_version(void) { return " + major + "u << 16 | " + minor + "; }"
                        : "int " + name + "(void) { return 0; }");
            }
            string library = Path.Combine(folder, "liblearnerlink.so");
            string file = Path.Combine(folder, "stub.c");
            File.WriteAllText(file, source.ToString());
            RunProgram("cc", "-shared -fPIC -o \"" + library + "\" \"" + file + "\"", null);
            return library;
        }

        private static string Failure(string variable, string hint, string path)
        {
            string[] said = Run(variable, "fail", path);
            Assert.That(said[0], Is.EqualTo(hint), string.Join("\n", said));
            return string.Join("\n", said.Skip(2));
        }

        internal static string[] Run(string variable, params string[] arguments)
        {
            return RunAt(Home, variable, arguments);
        }

        private static string[] RunAt(string home, string variable, params string[] arguments)
        {
            IEnumerable<string> all = new[] { Path.Combine(home, "Host.exe") }.Concat(arguments);
            string line = string.Join(" ", all.Select(argument => "\"" + argument + "\""));
            return RunProgram("mono", line, variable).TrimEnd().Split('\n');
        }

        internal static string RunProgram(string program, string arguments, string variable)
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            start.EnvironmentVariables.Remove(Variable);
            if (variable != null)
            {
                start.EnvironmentVariables[Variable] = variable;
            }
            using (Process process = Process.Start(start))
            {
                string said = process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                Assert.That(process.ExitCode, Is.EqualTo(0), program + " " + arguments + "\n" + said);
                return said;
            }
        }
    }
}
