using System;
using System.Diagnostics;
using System.Threading;

namespace LearnerLink.Tests
{
    /// <summary>A process of its own, for what can be tried but once in a process: loading the library, and the end.</summary>
    internal static class Host
    {
        internal static int Main(string[] arguments)
        {
            switch (arguments[0])
            {
                case "info":
                    LibraryInfo info = LearnerLinkLibrary.Info;
                    Console.WriteLine(string.Join("\n", info.Path, info.Version, info.Abi, info.Rid));
                    return 0;
                case "fail":
                    if (arguments.Length > 1)
                    {
                        LearnerLinkLibrary.Path = arguments[1];
                    }
                    return Fail();
                case "exit":
                    return Exit(arguments[1]);
                default:
                    return 2;
            }
        }

        private static int Fail()
        {
            try
            {
                Console.WriteLine(LearnerLinkLibrary.Info);
                return 1;
            }
            catch (LearnerLinkNativeLibraryException error)
            {
                Console.WriteLine(error.Hint + "\n" + error.Tried.Count + "\n" + error.Message);
                return 0;
            }
        }

        // Leaves with waits of both kinds under way, and a plugin that nobody closed.
        private static int Exit(string sandbox)
        {
            Plugin plugin = Plugin.Open(PluginOptions.ForSandbox(sandbox));
            QrShare share = plugin.GenerateQrCode("10099901");
            plugin.WaitForLearnerDataAsync(share);
            var thread = new Thread(() => plugin.WaitForLearnerData(share)) { IsBackground = true };
            thread.Start();
            while (!LearnerLinkLibrary.Stats().Contains("\"op\":2"))
            {
                Thread.Yield();
            }
            Stopwatch watch = Stopwatch.StartNew();
            AppDomain.CurrentDomain.ProcessExit +=
                (sender, arguments) => Console.WriteLine("ended " + (watch.Elapsed.TotalSeconds < 2));
            return 0;
        }
    }
}
