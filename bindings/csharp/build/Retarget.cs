using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Mono.Cecil;

/// <summary>Makes an assembly that was compiled for .NET Framework one for .NET Standard 2.0.</summary>
/// <remarks>
/// There are no reference assemblies of .NET Standard where we build, and mcs does not compile against the facade that
/// mono has instead. The code is the same: every type it uses is looked for in the facade, and then referred to as one of
/// <c>netstandard</c>.
/// </remarks>
internal static class Retarget
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 4)
        {
            Console.Error.WriteLine("usage: Retarget.exe ASSEMBLY FACADE KEY OUTPUT");
            return 2;
        }
        using (AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(arguments[0]))
        using (AssemblyDefinition facade = AssemblyDefinition.ReadAssembly(arguments[1]))
        {
            ModuleDefinition module = assembly.MainModule;
            var known = new HashSet<string>(facade.MainModule.ExportedTypes.Select(type => type.FullName));
            string[] unknown = module.GetTypeReferences().Where(type => !type.IsNested)
                .Select(type => type.FullName).Where(name => !known.Contains(name)).ToArray();
            // That it has pointers in it is asked of the verifier of .NET Framework alone, by a type of its own.
            assembly.SecurityDeclarations.Clear();
            foreach (string name in unknown)
            {
                Console.Error.WriteLine(name + " is not in .NET Standard 2.0");
            }
            var standard = new AssemblyNameReference("netstandard", new Version(2, 0, 0, 0))
            {
                PublicKeyToken = facade.Name.PublicKeyToken,
            };
            foreach (TypeReference type in module.GetTypeReferences().Where(type => !type.IsNested))
            {
                type.Scope = standard;
            }
            module.AssemblyReferences.Clear();
            module.AssemblyReferences.Add(standard);
            var parameters = new WriterParameters
            {
                StrongNameKeyPair = new StrongNameKeyPair(File.ReadAllBytes(arguments[2])),
            };
            assembly.Write(arguments[3], parameters);
            return unknown.Length == 0 ? 0 : 1;
        }
    }
}
