using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
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
        internal static string Ask(string request, string body = "")
        {
            // On a socket: mono's own requests abort now and then while threads come and go as they do here.
            string[] parts = request.Split(' ');
            var address = new Uri(Url);
            byte[] bytes = Encoding.UTF8.GetBytes(body);
            string head = parts[0] + " /_sandbox/" + parts[1] + " HTTP/1.0\r\nHost: " + address.Authority
                + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.Length + "\r\n\r\n";
            using (var client = new TcpClient(address.Host, address.Port))
            using (NetworkStream stream = client.GetStream())
            using (var reader = new StreamReader(stream))
            {
                stream.Write(Encoding.ASCII.GetBytes(head), 0, head.Length);
                stream.Write(bytes, 0, bytes.Length);
                string answer = reader.ReadToEnd();
                if (answer.Substring(8, 3) != " 20")
                {
                    throw new InvalidOperationException(request + ": " + answer);
                }
                return answer.Substring(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4);
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
