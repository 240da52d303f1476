// Generated from the Rust sources by `cargo run -p headergen`; do not edit.
package io.github.learnerlink.model;

import io.github.learnerlink.Request;
import java.util.Collection;
import java.util.Map;

/** Starts to run an operation for every row of a file, or checks the rows without running anything. */
public final class StartBatchRequest extends Request {
    /** {@code csv}, for {@link #inputFormat}. */
    public static final String INPUT_FORMAT_CSV = "csv";

    /** {@code jsonl}, for {@link #inputFormat}. */
    public static final String INPUT_FORMAT_JSONL = "jsonl";

    /** {@code utf-8}, for {@link #encoding}. */
    public static final String ENCODING_UTF_8 = "utf-8";

    /** {@code windows-1252}, for {@link #encoding}. */
    public static final String ENCODING_WINDOWS_1252 = "windows-1252";

    /** {@code csv}, for {@link #outputFormat}. */
    public static final String OUTPUT_FORMAT_CSV = "csv";

    /** {@code jsonl}, for {@link #outputFormat}. */
    public static final String OUTPUT_FORMAT_JSONL = "jsonl";

    /** {@code parquet}, for {@link #outputFormat}. */
    public static final String OUTPUT_FORMAT_PARQUET = "parquet";

    /** Makes one in which nothing is set. */
    public StartBatchRequest() {}

    /**
     * The operation to run for each row, by its name. Required.
     *
     * @param operation the value
     * @return this
     */
    public StartBatchRequest operation(String operation) {
        set("operation", operation);
        return this;
    }

    /**
     * Path of the file to read. Required.
     *
     * @param input the value
     * @return this
     */
    public StartBatchRequest input(String input) {
        set("input", input);
        return this;
    }

    /**
     * The file's form; by its name when absent: {@code .csv}, {@code .tsv}, {@code .txt}, or {@code .jsonl}, {@code
     * .ndjson}. One of: {@code csv}, {@code jsonl}.
     *
     * @param inputFormat the value
     * @return this
     */
    public StartBatchRequest inputFormat(String inputFormat) {
        set("inputFormat", inputFormat);
        return this;
    }

    /**
     * How its letters are stored. One of: {@code utf-8}, {@code windows-1252}.
     *
     * @param encoding the value
     * @return this
     */
    public StartBatchRequest encoding(String encoding) {
        set("encoding", encoding);
        return this;
    }

    /**
     * What stands between the values of a CSV file: a comma, a semicolon, a tab or {@code |}; found out from its
     * first line when absent.
     *
     * @param delimiter the value
     * @return this
     */
    public StartBatchRequest delimiter(String delimiter) {
        set("delimiter", delimiter);
        return this;
    }

    /**
     * Whether the first line of a CSV file names the columns; without names they are {@code 1}, {@code 2} and so on.
     *
     * @param header the value
     * @return this
     */
    public StartBatchRequest header(boolean header) {
        set("header", header);
        return this;
    }

    /**
     * Which column goes into which key of the operation's request, {@code {"learner.givenName": "forename"}}; when
     * absent, every column whose name is that of a key, whatever its case and without {@code _}, {@code -} and
     * blanks.
     *
     * @param columns the value
     * @return this
     */
    public StartBatchRequest columns(Map<String, ?> columns) {
        set("columns", columns);
        return this;
    }

    /**
     * What every row's request has beside its own values, such as {@code ukprn} and {@code user}.
     *
     * @param request the value
     * @return this
     */
    public StartBatchRequest request(Map<String, ?> request) {
        set("request", request);
        return this;
    }

    /**
     * A column that tells rows apart; it is carried to the results.
     *
     * @param idColumn the value
     * @return this
     */
    public StartBatchRequest idColumn(String idColumn) {
        set("idColumn", idColumn);
        return this;
    }

    /**
     * Whether a row that repeats the value of {@code idColumn} is refused; that is so when absent.
     *
     * @param unique the value
     * @return this
     */
    public StartBatchRequest unique(boolean unique) {
        set("unique", unique);
        return this;
    }

    /**
     * Path of the file to write; not needed with {@code dryRun}.
     *
     * @param output the value
     * @return this
     */
    public StartBatchRequest output(String output) {
        set("output", output);
        return this;
    }

    /**
     * The form of the results; by the file's name when absent: {@code .csv}, {@code .jsonl}, {@code .ndjson} or
     * {@code .parquet}. One of: {@code csv}, {@code jsonl}, {@code parquet}.
     *
     * @param outputFormat the value
     * @return this
     */
    public StartBatchRequest outputFormat(String outputFormat) {
        set("outputFormat", outputFormat);
        return this;
    }

    /**
     * Columns of the input to carry to the results; all when absent.
     *
     * @param keep the value
     * @return this
     */
    public StartBatchRequest keep(Collection<String> keep) {
        set("keep", keep);
        return this;
    }

    /**
     * Whether a file that exists under the output's name is replaced, at the end of the batch; else it is an error.
     *
     * @param overwrite the value
     * @return this
     */
    public StartBatchRequest overwrite(boolean overwrite) {
        set("overwrite", overwrite);
        return this;
    }

    /**
     * Puts an apostrophe before text of CSV results that a spreadsheet would take for a formula.
     *
     * @param spreadsheetSafe the value
     * @return this
     */
    public StartBatchRequest spreadsheetSafe(boolean spreadsheetSafe) {
        set("spreadsheetSafe", spreadsheetSafe);
        return this;
    }

    /**
     * How many rows are worked on at once (1 to 1024); 16 when absent.
     *
     * @param concurrency the value
     * @return this
     */
    public StartBatchRequest concurrency(long concurrency) {
        set("concurrency", concurrency);
        return this;
    }

    /**
     * How many calls a second to begin at most, for each profile.
     *
     * @param ratePerSecond the value
     * @return this
     */
    public StartBatchRequest ratePerSecond(double ratePerSecond) {
        set("ratePerSecond", ratePerSecond);
        return this;
    }

    /**
     * How often a row is tried when the service is busy or does not answer (1 to 100); 5 when absent.
     *
     * @param attempts the value
     * @return this
     */
    public StartBatchRequest attempts(long attempts) {
        set("attempts", attempts);
        return this;
    }

    /**
     * After how many rows that failed or were refused the batch stops.
     *
     * @param stopAfterErrors the value
     * @return this
     */
    public StartBatchRequest stopAfterErrors(long stopAfterErrors) {
        set("stopAfterErrors", stopAfterErrors);
        return this;
    }

    /**
     * Reads and checks every row, calls nothing and writes nothing.
     *
     * @param dryRun the value
     * @return this
     */
    public StartBatchRequest dryRun(boolean dryRun) {
        set("dryRun", dryRun);
        return this;
    }

    /**
     * The provider on whose behalf the call is made, by its UKPRN.
     *
     * @param ukprn the value
     * @return this
     */
    public StartBatchRequest ukprn(String ukprn) {
        set("ukprn", ukprn);
        return this;
    }

    /**
     * The provider or other organisation on whose behalf the call is made, by its profile's name; instead of {@code
     * ukprn}.
     *
     * @param profile the value
     * @return this
     */
    public StartBatchRequest profile(String profile) {
        set("profile", profile);
        return this;
    }

    /**
     * Who is asking, as the host knows them; goes to the audit trail and, where a service asks for it, to the
     * service.
     *
     * @param user the value
     * @return this
     */
    public StartBatchRequest user(String user) {
        set("user", user);
        return this;
    }

    /**
     * The host's own reference for this call; goes to the audit trail.
     *
     * @param traceId the value
     * @return this
     */
    public StartBatchRequest traceId(String traceId) {
        set("traceId", traceId);
        return this;
    }

    /**
     * How long the operation may take, in milliseconds; {@code timeouts.operationMs} when absent.
     *
     * @param timeoutMs the value
     * @return this
     */
    public StartBatchRequest timeoutMs(long timeoutMs) {
        set("timeoutMs", timeoutMs);
        return this;
    }
}
