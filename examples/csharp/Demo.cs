using System;
using System.IO;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using LearnerLink;

/// <summary>
/// A record system's day in a terminal: it adds a provider, shows a QR code and waits while a learner decides, finds a
/// learner's Unique Learner Number and what they have learnt, gets a linkage key, and meets an error as a host would.
/// <c>make demo-csharp</c> runs it; with <c>DEMO_BROWSER=1</c> it waits for you to approve in a browser.
/// </summary>
internal static class Demo
{
    private const string Northbridge = "10099901";
    private const string Southmoor = "10099902";
    private const string User = "demo";

    private static string sandbox;

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 1)
        {
            Console.Error.WriteLine("usage: Demo.exe SANDBOX_ADDRESS");
            return 2;
        }
        sandbox = arguments[0];
        try
        {
            Console.WriteLine(LearnerLinkLibrary.Info);
            using (Plugin plugin = Plugin.Open(PluginOptions.ForSandbox(sandbox)))
            {
                RunAsync(plugin).GetAwaiter().GetResult();
            }
            return 0;
        }
        catch (LearnerLinkException error)
        {
            Console.Error.WriteLine(error);
            return 1;
        }
    }

    private static async Task RunAsync(Plugin plugin)
    {
        Heading("Is everything well?");
        HealthResponse health = await plugin.HealthAsync();
        Console.WriteLine("  {0}", health);

        Heading("Adding a provider");
        PutProfileResponse added = await plugin.PutProfileAsync(new PutProfileRequest
        {
            Ukprn = Southmoor,
            DisplayName = "Southmoor Sixth Form",
            Vera = new VeraCredential { ClientId = "cid-b", ClientSecret = "not-the-secret" },
            User = User,
        });
        Console.WriteLine("  Southmoor Sixth Form: {0}", added.Outcome);

        await ShareAsync(plugin);
        await LearnAsync(plugin);
        await LinkAsync(plugin);

        Heading("Something that goes wrong");
        try
        {
            await plugin.GenerateQrCodeAsync(Southmoor);
        }
        catch (LearnerLinkAuthenticationException error)
        {
            Console.WriteLine("  {0}: {1}", error.Code, error.Message);
            Console.WriteLine("  Trying again {0}.", error.Retriable ? "may help" : "does not help");
        }
    }

    private static async Task ShareAsync(Plugin plugin)
    {
        Heading("View Education Record: a QR code");
        QrShare share = await plugin.GenerateQrCodeAsync(
            new GenerateQrRequest { Ukprn = Northbridge, Formats = new[] { "text" }, User = User });
        Console.WriteLine(share.Response.Text);
        Console.WriteLine("  The learner scans this until {0:HH:mm:ss} UTC, or opens", share.ExpiresAt);
        Console.WriteLine("  {0}/_sandbox/learner/{1}", sandbox, share.CorrelationId);

        Task<ShareOutcome> wait = plugin.WaitForLearnerDataAsync(share, new WaitOptions { User = User });
        if (Environment.GetEnvironmentVariable("DEMO_BROWSER") != "1")
        {
            Approve(share);
        }
        ShareOutcome outcome = await wait;
        Console.WriteLine("  {0}: {1}", outcome.State, outcome.Message);
        if (outcome.State != ShareState.Shared)
        {
            return;
        }
        // Printed whole, the record would show nothing of the person, on purpose.
        LearnerRecord record = outcome.Record;
        Console.WriteLine("  {0} {1}, ULN {2}", record.FirstName, record.LastName, record.Uln);
        foreach (Qualification qualification in record.Qualifications)
        {
            Console.WriteLine("    {0}: {1}", qualification.Title, qualification.Grade);
        }
    }

    private static async Task LearnAsync(Plugin plugin)
    {
        Heading("Learning Records Service: who is this, and what have they learnt?");
        MatchLearnerResponse found = await plugin.MatchLearnerAsync(new MatchLearnerRequest
        {
            Ukprn = Northbridge,
            User = User,
            GivenName = "Tamsin",
            FamilyName = "Quillfeather",
            DateOfBirth = "1998-04-12",
            Gender = "female",
            LastKnownPostCode = "LS11 5QT",
        });
        Console.WriteLine("  {0}", found.Outcome);
        if (found.Outcome != MatchLearnerResponse.Outcomes.ExactMatch)
        {
            return;
        }
        Learner learner = found.Learners[0];
        FetchPlrResponse record = await plugin.FetchPlrAsync(new FetchPlrRequest
        {
            Ukprn = Northbridge,
            User = User,
            Uln = learner.Uln,
            GivenName = learner.GivenName,
            FamilyName = learner.FamilyName,
        });
        Console.WriteLine("  ULN {0} has {1} learning events", learner.Uln, record.LearningEvents.Count);
    }

    private static async Task LinkAsync(Plugin plugin)
    {
        Heading("NHS: a linkage key");
        RetrieveLinkageKeyResponse key = await plugin.RetrieveLinkageKeyAsync(new RetrieveLinkageKeyRequest
        {
            OdsCode = "A12345",
            NhsNumber = "9990123403",
            Supplier = "native",
            User = User,
        });
        Console.WriteLine("  {0}: account {1}, key {2}", key.Outcome, key.AccountId, key.LinkageKey);
    }

    private static void Approve(QrShare share)
    {
        var call = WebRequest.Create(sandbox + "/_sandbox/shares/" + share.CorrelationId + "/approve");
        call.Method = "POST";
        call.ContentType = "application/json";
        byte[] body = Encoding.UTF8.GetBytes("{\"uln\":\"5123456782\"}");
        using (Stream stream = call.GetRequestStream())
        {
            stream.Write(body, 0, body.Length);
        }
        call.GetResponse().Close();
    }

    private static void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
    }
}
