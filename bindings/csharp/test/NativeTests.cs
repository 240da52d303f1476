using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace LearnerLink.Tests
{
    /// <summary>The table of native functions and the constants, against the header and the library.</summary>
    [TestFixture]
    public class NativeTests : TestBase
    {
        internal const BindingFlags Hidden =
            BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance;

        private static readonly string Header = Text("include/learnerlink.h");

        private static readonly Dictionary<string, string> CTypes = new Dictionary<string, string>
        {
            { "Int32", "int32_t" }, { "UInt32", "uint32_t" }, { "Int64", "uint64_t" }, { "UInt64", "uint64_t" },
            { "IntPtr", "char *" }, { "Byte*", "char *" }, { "Int32&", "int32_t *" }, { "UInt64&", "uint64_t *" },
            { "Int64&", "uint64_t *" },
        };

        /// <summary>The delegate of each function that is used.</summary>
        internal static Dictionary<string, Type> Functions
        {
            get
            {
                return InternalType("NativeMethods").GetFields(Hidden)
                    .ToDictionary(field => "learnerlink" + Snake(field.Name), field => field.FieldType);
            }
        }

        [Test]
        public void The_functions_are_declared_as_in_the_header()
        {
            Dictionary<string, string> declared = Prototypes();
            foreach (KeyValuePair<string, Type> function in Functions)
            {
                MethodInfo invoke = function.Value.GetMethod("Invoke");
                IEnumerable<string> types = new[] { invoke.ReturnType }
                    .Concat(invoke.GetParameters().Select(parameter => parameter.ParameterType))
                    .Select(type => CTypes[type.Name]);
                Assert.That(string.Join(", ", types), Is.EqualTo(declared[function.Key]), function.Key);
                var convention = function.Value.GetCustomAttributes(false).OfType<UnmanagedFunctionPointerAttribute>().Single();
                Assert.That(convention.CallingConvention, Is.EqualTo(CallingConvention.Winapi), function.Key);
            }
        }

        [Test]
        public void Every_symbol_is_called_started_by_name_or_not_needed()
        {
            string[] symbols = Text("include/learnerlink.symbols").Split(new[] { '\n', ' ' }, StringSplitOptions.RemoveEmptyEntries);
            // To wait in slices does what polling does, and nothing shows progress.
            IEnumerable<string> known = Functions.Keys
                .Concat(Operations.Select(name => "learnerlink_" + name))
                .Concat(new[] { "learnerlink_op_poll", "learnerlink_op_progress" });
            Assert.That(symbols, Is.EquivalentTo(known));
        }

        [Test]
        public void No_function_of_the_library_is_imported_by_name()
        {
            IEnumerable<string> modules = typeof(Plugin).Assembly.GetTypes().SelectMany(type => type.GetMethods(Hidden))
                .Select(method => (DllImportAttribute)Attribute.GetCustomAttribute(method, typeof(DllImportAttribute)))
                .Where(import => import != null).Select(import => import.Value).Distinct();
            Assert.That(modules, Is.EquivalentTo(new[] { "kernel32", "libdl.so.2", "libdl", "libc" }));
        }

        [Test]
        public void Constants_are_those_of_the_header()
        {
            Dictionary<string, int> statuses = Constants(typeof(Status));
            foreach (Match match in Regex.Matches(Header, @"LEARNERLINK_STATUS_(\w+) = (\d+)"))
            {
                string name = Typed.Pascal(match.Groups[1].Value.ToLowerInvariant());
                Assert.That(statuses[name], Is.EqualTo(int.Parse(match.Groups[2].Value)), name);
                statuses.Remove(name);
            }
            Assert.That(statuses, Is.Empty);
            Dictionary<string, int> states = Constants(InternalType("OpState"));
            foreach (Match match in Regex.Matches(Header, @"LEARNERLINK_OP_STATE_(\w+) = (\d+)"))
            {
                string name = Typed.Pascal(match.Groups[1].Value.ToLowerInvariant());
                Assert.That(states[name], Is.EqualTo(int.Parse(match.Groups[2].Value)), name);
            }
        }

        [Test]
        public void The_library_has_the_operations_and_errors_that_the_package_knows()
        {
            Dictionary<string, object> catalogue = Json.Read(LearnerLinkLibrary.Describe());
            IEnumerable<object> names = Json.List(catalogue["operations"]).Select(one => Json.Object(one)["name"]);
            Assert.That(names, Is.EqualTo(Operations));
            IEnumerable<string> errors = Json.List(catalogue["errors"]).Select(Json.Object)
                .Select(error => error["status"] + " " + error["code"] + " " + error["retriable"]);
            var statuses = (Array)InternalType("Constants").GetField("Statuses", Hidden).GetValue(null);
            IEnumerable<string> known = statuses.Cast<object>()
                .Select(one => Field(one, "Number") + " " + Field(one, "Code") + " " + Field(one, "Retriable"));
            Assert.That(errors, Is.EquivalentTo(known));
            Assert.That(Json.Write(catalogue), Is.EqualTo(Json.Write(Json.Read(Text("include/catalogue.json")))));
        }

        internal static string[] Operations
        {
            get { return (string[])InternalType("Constants").GetField("Operations", Hidden).GetValue(null); }
        }

        internal static Type InternalType(string name)
        {
            return typeof(Plugin).Assembly.GetType("LearnerLink.Interop." + name, true);
        }

        /// <summary>Calls an internal function, by the one of its name that takes these arguments.</summary>
        internal static object Internal(string type, string method, params object[] arguments)
        {
            Type[] types = arguments.Select(argument => argument.GetType()).ToArray();
            return Typed.Invoke(InternalType(type).GetMethod(method, Hidden, null, types, null), null, arguments);
        }

        /// <summary>Calls an internal function of one parameter of this type.</summary>
        internal static object Internal(string type, string method, Type parameter, object argument)
        {
            return Typed.Invoke(InternalType(type).GetMethod(method, Hidden, null, new[] { parameter }, null), null, argument);
        }

        private static object Field(object on, string name)
        {
            return on.GetType().GetField(name, Hidden).GetValue(on);
        }

        private static Dictionary<string, int> Constants(Type type)
        {
            return type.GetFields(Hidden).ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue());
        }

        private static string Snake(string name)
        {
            return Regex.Replace(name, "([A-Z])", "_$1").ToLowerInvariant();
        }

        // The types of each function of the header, its result first, with the names of handles resolved.
        private static Dictionary<string, string> Prototypes()
        {
            var found = new Dictionary<string, string>();
            foreach (Match match in Regex.Matches(
                Header, @"LEARNERLINK_API (.+?)\s*LEARNERLINK_CALL (learnerlink_\w+)\(([^)]*)\)"))
            {
                string parameters = match.Groups[3].Value.Trim();
                IEnumerable<string> types = parameters == "void"
                    ? new string[0]
                    : parameters.Split(',').Select(parameter => Regex.Replace(parameter.Trim(), @"\w+$", ""));
                found[match.Groups[2].Value] =
                    string.Join(", ", new[] { match.Groups[1].Value }.Concat(types).Select(CType));
            }
            return found;
        }

        private static string CType(string declared)
        {
            declared = Regex.Replace(declared.Trim(), @"learnerlink_(text|error|plugin|op|queue)\b", "uint64_t");
            declared = Regex.Replace(declared, @"learnerlink_(status|op_state)\b", "int32_t");
            return declared.Replace("const ", "");
        }
    }
}
