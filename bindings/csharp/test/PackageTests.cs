using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>What is in the packages.</summary>
    [TestFixture]
    public class PackageTests
    {
        private static readonly string Version = typeof(Plugin).Assembly.GetName().Version.ToString(3);

        private static readonly string Framework = Sandbox.Setting("LEARNERLINK_TEST_FRAMEWORK");

        private static readonly string[] Metadata =
        {
            "_rels/.rels", "[Content_Types].xml", "package/services/metadata/core-properties/",
        };

        [Test]
        public void The_package_has_an_assembly_for_each_framework_with_its_documentation()
        {
            Assert.That(
                Names("LearnerLink"),
                Is.EquivalentTo(new[]
                {
                    "LearnerLink.nuspec", "README.md", "lib/net462/LearnerLink.dll", "lib/net462/LearnerLink.xml",
                    "lib/netstandard2.0/LearnerLink.dll", "lib/netstandard2.0/LearnerLink.xml",
                }));
        }

        [Test]
        public void The_native_package_has_the_library_of_this_platform_and_what_copies_it()
        {
            string[] names = Names("LearnerLink.Native");
            string library = "runtimes/" + LearnerLinkLibrary.Info.Rid + "/native/" + Path.GetFileName(LearnerLinkLibrary.Info.Path);
            Assert.That(
                names,
                Is.EquivalentTo(new[]
                {
                    "LearnerLink.Native.nuspec", library, "build/net462/LearnerLink.Native.targets", "lib/net462/_._",
                    "lib/netstandard2.0/_._",
                }));
        }

        [TestCase("LearnerLink")]
        [TestCase("LearnerLink.Native")]
        public void The_manifest_is_complete_and_every_part_has_a_type(string id)
        {
            XElement metadata = Xml(id, id + ".nuspec").Root.Elements().Single();
            XNamespace space = metadata.Name.Namespace;
            Assert.That(metadata.Element(space + "id").Value, Is.EqualTo(id));
            Assert.That(metadata.Element(space + "version").Value, Is.EqualTo(Version));
            foreach (string required in new[] { "authors", "description", "license" })
            {
                Assert.That(metadata.Element(space + required).Value, Is.Not.Empty);
            }
            XElement[] types = Xml(id, "[Content_Types].xml").Root.Elements().ToArray();
            foreach (string name in All(id).Where(name => name != "[Content_Types].xml"))
            {
                string extension = Path.GetExtension(name).TrimStart('.');
                Assert.That(
                    types.Any(type => (string)type.Attribute("Extension") == extension
                        || (string)type.Attribute("PartName") == "/" + name),
                    Is.True,
                    name);
            }
            IEnumerable<string> targets = Xml(id, "_rels/.rels").Root.Elements().Select(one => (string)one.Attribute("Target"));
            Assert.That(targets.Select(target => target.TrimStart('/')).Except(All(id)), Is.Empty);
        }

        [Test]
        public void Each_framework_needs_the_native_package_of_the_same_version()
        {
            XElement metadata = Xml("LearnerLink", "LearnerLink.nuspec").Root.Elements().Single();
            XElement[] groups = metadata.Elements().Single(one => one.Name.LocalName == "dependencies").Elements().ToArray();
            Assert.That(
                groups.Select(group => (string)group.Attribute("targetFramework")),
                Is.EqualTo(new[] { ".NETFramework4.6.2", ".NETStandard2.0" }));
            foreach (XElement dependency in groups.Select(group => group.Elements().Single()))
            {
                Assert.That((string)dependency.Attribute("id"), Is.EqualTo("LearnerLink.Native"));
                Assert.That((string)dependency.Attribute("version"), Is.EqualTo("[" + Version + "]"));
            }
        }

        [Test]
        public void For_framework_projects_both_windows_libraries_are_copied_where_they_are_looked_for()
        {
            XElement[] items = Xml("LearnerLink.Native", "build/net462/LearnerLink.Native.targets").Descendants()
                .Where(one => one.Name.LocalName == "None").ToArray();
            Assert.That(
                items.Select(item => ((string)item.Attribute("Include")).Replace("$(LearnerLinkRuntimes)", "")),
                Is.EqualTo(new[] { @"win-x86\native\learnerlink.dll", @"win-x64\native\learnerlink.dll" }));
            Assert.That(
                items.Select(item => item.Elements().Single(one => one.Name.LocalName == "Link").Value),
                Is.EqualTo(new[] { @"x86\learnerlink.dll", @"x64\learnerlink.dll" }));
        }

        [Test]
        public void The_assembly_has_a_strong_name_and_refers_to_its_framework_alone()
        {
            Assembly assembly = typeof(Plugin).Assembly;
            string references = Framework == "net462"
                ? "System.Runtime.Serialization mscorlib System System.Core System.Xml"
                : "netstandard";
            Assert.That(assembly.GetName().GetPublicKeyToken().Length, Is.EqualTo(8));
            Assert.That(
                assembly.GetReferencedAssemblies().Select(name => name.Name), Is.EquivalentTo(references.Split(' ')));
        }

        [Test]
        public void The_assembly_that_is_tested_is_one_of_the_package()
        {
            byte[] tested = File.ReadAllBytes(typeof(Plugin).Assembly.Location);
            Assert.That(tested.SequenceEqual(Read("LearnerLink", "lib/" + Framework + "/LearnerLink.dll")), Is.True);
        }

        private static string[] Names(string id)
        {
            return All(id).Where(name => !Metadata.Any(name.StartsWith)).ToArray();
        }

        private static string[] All(string id)
        {
            using (ZipArchive package = Open(id))
            {
                return package.Entries.Select(entry => entry.FullName).ToArray();
            }
        }

        private static XDocument Xml(string id, string name)
        {
            return XDocument.Load(new MemoryStream(Read(id, name)));
        }

        private static byte[] Read(string id, string name)
        {
            using (ZipArchive package = Open(id))
            using (Stream stream = package.GetEntry(name).Open())
            using (var bytes = new MemoryStream())
            {
                stream.CopyTo(bytes);
                return bytes.ToArray();
            }
        }

        private static ZipArchive Open(string id)
        {
            string folder = Sandbox.Setting("LEARNERLINK_TEST_PACKAGES");
            return ZipFile.OpenRead(Path.Combine(folder, id + "." + Version + ".nupkg"));
        }
    }
}
