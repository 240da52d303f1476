package io.github.learnerlink.internal;

import com.google.gson.stream.JsonWriter;
import io.github.learnerlink.Request;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

/** The JSON text of maps, lists and plain values. */
public final class Json {
    private Json() {}

    /**
     * Writes a map. A text with a NUL is refused here, where it is not hidden behind an escape yet.
     *
     * @param members the members; null values are left out
     * @return the text
     */
    public static String write(Map<?, ?> members) {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = new JsonWriter(text)) {
            writer.setHtmlSafe(false);
            write(writer, members);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    private static void write(JsonWriter writer, Object value) throws IOException {
        if (value instanceof Map) {
            writer.beginObject();
            for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
                if (member.getValue() != null) {
                    writer.name(sound(String.valueOf(member.getKey())));
                    write(writer, member.getValue());
                }
            }
            writer.endObject();
        } else if (value instanceof Iterable) {
            writer.beginArray();
            for (Object item : (Iterable<?>) value) {
                write(writer, item);
            }
            writer.endArray();
        } else if (value instanceof Request) {
            write(writer, ((Request) value).toMap());
        } else if (value instanceof Number) {
            writer.value((Number) value);
        } else if (value instanceof Boolean) {
            writer.value((Boolean) value);
        } else if (value == null) {
            writer.nullValue();
        } else {
            writer.value(sound(value.toString()));
        }
    }

    private static String sound(String text) {
        if (text.indexOf('\0') >= 0) {
            throw Native.refused("a text has a NUL character");
        }
        return text;
    }
}
