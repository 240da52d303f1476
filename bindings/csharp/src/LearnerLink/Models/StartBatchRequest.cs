// Generated from the Rust sources by `cargo run -p headergen`; do not edit.

using System.Collections.Generic;
using LearnerLink.Interop;

namespace LearnerLink
{
    /// <summary>
    /// Starts to run an operation for every row of a file, or checks the rows without running anything.
    /// </summary>
    public sealed class StartBatchRequest : Request
    {
        /// <summary>The operation to run for each row, by its name. Required.</summary>
        public string Operation { get; set; }

        /// <summary>Path of the file to read. Required.</summary>
        public string Input { get; set; }

        /// <summary>
        /// The file's form; by its name when absent: <c>.csv</c>, <c>.tsv</c>, <c>.txt</c>, or <c>.jsonl</c>,
        /// <c>.ndjson</c>. One of <c>csv</c>, <c>jsonl</c>.
        /// </summary>
        public string InputFormat { get; set; }

        /// <summary>How its letters are stored. One of <c>utf-8</c>, <c>windows-1252</c>.</summary>
        public string Encoding { get; set; }

        /// <summary>
        /// What stands between the values of a CSV file: a comma, a semicolon, a tab or <c>|</c>; found out from
        /// its first line when absent.
        /// </summary>
        public string Delimiter { get; set; }

        /// <summary>
        /// Whether the first line of a CSV file names the columns; without names they are <c>1</c>, <c>2</c> and so
        /// on.
        /// </summary>
        public bool? Header { get; set; }

        /// <summary>
        /// Which column goes into which key of the operation's request, <c>{"learner.givenName": "forename"}</c>;
        /// when absent, every column whose name is that of a key, whatever its case and without <c>_</c>, <c>-</c>
        /// and blanks. As JSON.
        /// </summary>
        public string Columns { get; set; }

        /// <summary>
        /// What every row's request has beside its own values, such as <c>ukprn</c> and <c>user</c>. As JSON.
        /// </summary>
        public string Request { get; set; }

        /// <summary>A column that tells rows apart; it is carried to the results.</summary>
        public string IdColumn { get; set; }

        /// <summary>
        /// Whether a row that repeats the value of <c>idColumn</c> is refused; that is so when absent.
        /// </summary>
        public bool? Unique { get; set; }

        /// <summary>Path of the file to write; not needed with <c>dryRun</c>.</summary>
        public string Output { get; set; }

        /// <summary>
        /// The form of the results; by the file's name when absent: <c>.csv</c>, <c>.jsonl</c>, <c>.ndjson</c> or
        /// <c>.parquet</c>. One of <c>csv</c>, <c>jsonl</c>, <c>parquet</c>.
        /// </summary>
        public string OutputFormat { get; set; }

        /// <summary>Columns of the input to carry to the results; all when absent.</summary>
        public IEnumerable<string> Keep { get; set; }

        /// <summary>
        /// Whether a file that exists under the output's name is replaced, at the end of the batch; else it is an
        /// error.
        /// </summary>
        public bool? Overwrite { get; set; }

        /// <summary>
        /// Puts an apostrophe before text of CSV results that a spreadsheet would take for a formula.
        /// </summary>
        public bool? SpreadsheetSafe { get; set; }

        /// <summary>How many rows are worked on at once (1 to 1024); 16 when absent.</summary>
        public long? Concurrency { get; set; }

        /// <summary>How many calls a second to begin at most, for each profile.</summary>
        public double? RatePerSecond { get; set; }

        /// <summary>
        /// How often a row is tried when the service is busy or does not answer (1 to 100); 5 when absent.
        /// </summary>
        public long? Attempts { get; set; }

        /// <summary>After how many rows that failed or were refused the batch stops.</summary>
        public long? StopAfterErrors { get; set; }

        /// <summary>Reads and checks every row, calls nothing and writes nothing.</summary>
        public bool? DryRun { get; set; }

        internal override void WriteTo(JsonWriter json)
        {
            json.Add("operation", Operation);
            json.Add("input", Input);
            json.Add("inputFormat", InputFormat);
            json.Add("encoding", Encoding);
            json.Add("delimiter", Delimiter);
            json.Add("header", Header);
            json.AddJson("columns", Columns);
            json.AddJson("request", Request);
            json.Add("idColumn", IdColumn);
            json.Add("unique", Unique);
            json.Add("output", Output);
            json.Add("outputFormat", OutputFormat);
            json.Add("keep", Keep);
            json.Add("overwrite", Overwrite);
            json.Add("spreadsheetSafe", SpreadsheetSafe);
            json.Add("concurrency", Concurrency);
            json.Add("ratePerSecond", RatePerSecond);
            json.Add("attempts", Attempts);
            json.Add("stopAfterErrors", StopAfterErrors);
            json.Add("dryRun", DryRun);
            base.WriteTo(json);
        }
    }
}
