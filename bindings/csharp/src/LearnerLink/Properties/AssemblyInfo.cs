using System.Reflection;
using System.Runtime.InteropServices;
using LearnerLink.Interop;

[assembly: AssemblyTitle("LearnerLink")]
[assembly: AssemblyDescription("Official record services for learners and patients")]
[assembly: AssemblyProduct("LearnerLink")]
[assembly: AssemblyCopyright("MIT License")]
[assembly: AssemblyVersion(Constants.Version)]
[assembly: AssemblyFileVersion(Constants.Version)]
[assembly: AssemblyInformationalVersion(Constants.Version)]
[assembly: ComVisible(false)]
