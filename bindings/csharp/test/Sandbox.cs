using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Text;
using System.Threading;

namespace LearnerLink.Tests
{
    /// <summary>The sandbox program of all tests and its control interface.</summary>
    internal static class Sandbox
    {
        private static Process process;

        internal static string Url { get; private set; }

        internal static PluginOptions Options
        {
            get { return PluginOptions.ForSandbox(Url); }
        }

        internal static void Start()
        {
            var start = new ProcessStartInfo(Setting("LEARNERLINK_TEST_SANDBOX"), "--port 0")
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            process = Process.Start(start);
            Url = process.StandardOutput.ReadLine().Split(' ')[2];
        }

        internal static void Stop()
        {
            process.Kill();
            process.WaitForExit();
        }

        /// <summary>Asks the control interface, such as <c>POST reset</c>.</summary>
        internal static string Ask(string request, string body = null)
        {
            string[] parts = request.Split(' ');
            var call = (HttpWebRequest)WebRequest.Create(Url + "/_sandbox/" + parts[1]);
            call.Method = parts[0];
            call.KeepAlive = false;
            if (body != null)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(body);
                call.ContentType = "application/json";
                using (Stream stream = call.GetRequestStream())
                {
                    stream.Write(bytes, 0, bytes.Length);
                }
            }
            using (WebResponse answer = call.GetResponse())
            using (var reader = new StreamReader(answer.GetResponseStream()))
            {
                return reader.ReadToEnd();
            }
        }

        internal static void Approve(QrShare share)
        {
            Ask("POST shares/" + share.CorrelationId + "/approve", "{\"uln\":\"5123456782\"}");
        }

        /// <summary>Approves every share as soon as there is one, until it is disposed of.</summary>
        internal static IDisposable LearnerWhoAgrees()
        {
            return new Learner();
        }

        internal static string Setting(string name)
        {
            return Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException(name + " is not set");
        }

        private sealed class Learner : IDisposable
        {
            private readonly ManualResetEvent done = new ManualResetEvent(false);
            private readonly Thread thread;

            internal Learner()
            {
                thread = new Thread(Agree);
                thread.Start();
            }

            public void Dispose()
            {
                done.Set();
                thread.Join();
            }

            private void Agree()
            {
                while (!done.WaitOne(10))
                {
                    foreach (object found in Json.List(Json.Read(Ask("GET shares"))["shares"]))
                    {
                        Dictionary<string, object> share = Json.Object(found);
                        if ((string)share["state"] == "waiting")
                        {
                            Ask("POST shares/" + share["correlationId"] + "/approve", "{\"uln\":\"5123456782\"}");
                        }
                    }
                }
            }
        }
    }
}
