import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.transform.Templates;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;

/** Transforms a record for as many nanoseconds as each line of input says, and answers with the time of one. */
public final class Transform {
    public static void main(String[] arguments) throws Exception {
        Templates templates =
                TransformerFactory.newInstance().newTemplates(new StreamSource(Path.of(arguments[0]).toFile()));
        String record = Files.readString(Path.of(arguments[1]));
        Files.writeString(Path.of(arguments[2]), transformed(templates, record));
        var threads = ManagementFactory.getThreadMXBean();
        var input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            long span = Long.parseLong(line);
            long began = threads.getCurrentThreadCpuTime();
            long took = 0;
            long count = 0;
            while (took < span) {
                transformed(templates, record);
                count++;
                took = threads.getCurrentThreadCpuTime() - began;
            }
            System.out.println((double) took / count);
        }
    }

    private static String transformed(Templates templates, String record) throws Exception {
        var result = new StringWriter();
        templates.newTransformer()
                .transform(new StreamSource(new StringReader(record)), new StreamResult(result));
        return result.toString();
    }
}
