package io.github.learnerlink.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The members of a JSON object. What is absent or null reads as null, a list as an empty one. */
public final class Fields {
    private final JsonObject object;

    private Fields(JsonObject object) {
        this.object = object;
    }

    static Fields none() {
        return new Fields(new JsonObject());
    }

    /**
     * Reads a JSON object.
     *
     * @param text its text
     * @return its members
     * @throws IllegalArgumentException if it is none
     */
    public static Fields parse(String text) {
        try {
            return new Fields(JsonParser.parseString(text).getAsJsonObject());
        } catch (JsonParseException | IllegalStateException error) {
            // Without its cause, whose message may quote the text.
            throw new IllegalArgumentException("the text is no JSON object");
        }
    }

    private JsonElement find(String key) {
        JsonElement found = object.get(key);
        return found == null || found.isJsonNull() ? null : found;
    }

    private <T> T read(String key, Function<JsonElement, T> how) {
        JsonElement found = find(key);
        try {
            return found == null ? null : how.apply(found);
        } catch (IllegalStateException | NumberFormatException error) {
            // Without its cause, whose message may quote the value.
            throw new IllegalArgumentException("the value of " + key + " is of another kind");
        }
    }

    private static String textOf(JsonElement found) {
        return found.getAsJsonPrimitive().getAsString();
    }

    private static Boolean flagOf(JsonElement found) {
        // Gson takes any text for one, and what is not "true" for false.
        if (!found.getAsJsonPrimitive().isBoolean()) {
            throw new IllegalStateException();
        }
        return found.getAsBoolean();
    }

    /**
     * Whether there is a value.
     *
     * @param key its key
     * @return whether it is there and not null
     */
    public boolean has(String key) {
        return find(key) != null;
    }

    /**
     * A value that every library gives.
     *
     * @param key   its key
     * @param value what was read
     * @param <T>   its type
     * @return the value
     * @throws IllegalArgumentException if it is null
     */
    public <T> T needed(String key, T value) {
        if (value == null) {
            throw new IllegalArgumentException("the object has no " + key);
        }
        return value;
    }

    /**
     * A text.
     *
     * @param key its key
     * @return the text or null
     */
    public String text(String key) {
        return read(key, Fields::textOf);
    }

    /**
     * A whole number.
     *
     * @param key its key
     * @return the number or null
     */
    public Long whole(String key) {
        return read(key, found -> found.getAsJsonPrimitive().getAsLong());
    }

    /**
     * A number.
     *
     * @param key its key
     * @return the number or null
     */
    public Double number(String key) {
        return read(key, found -> found.getAsJsonPrimitive().getAsDouble());
    }

    /**
     * A truth value.
     *
     * @param key its key
     * @return the value or null
     */
    public Boolean flag(String key) {
        return read(key, Fields::flagOf);
    }

    /**
     * An object without a model of its own.
     *
     * @param key its key
     * @return its members or null
     */
    public Map<String, Object> object(String key) {
        return read(key, found -> plain(found.getAsJsonObject()));
    }

    /**
     * Any value.
     *
     * @param key its key
     * @return a text, number, truth value, list or map, or null
     */
    public Object any(String key) {
        return read(key, Fields::plainOf);
    }

    /**
     * An object.
     *
     * @param key  its key
     * @param make makes its model
     * @param <T>  the model
     * @return the model or null
     */
    public <T> T model(String key, Function<Fields, T> make) {
        return read(key, found -> make.apply(new Fields(found.getAsJsonObject())));
    }

    /**
     * A list of objects.
     *
     * @param key  its key
     * @param make makes the model of each
     * @param <T>  the model
     * @return an unmodifiable list
     */
    public <T> List<T> models(String key, Function<Fields, T> make) {
        return list(key, item -> make.apply(new Fields(item.getAsJsonObject())));
    }

    /**
     * A list of texts.
     *
     * @param key its key
     * @return an unmodifiable list
     */
    public List<String> texts(String key) {
        return list(key, Fields::textOf);
    }

    /**
     * A list of lists of texts.
     *
     * @param key its key
     * @return an unmodifiable list
     */
    public List<List<String>> textLists(String key) {
        return list(key, item -> items(item.getAsJsonArray(), Fields::textOf));
    }

    /**
     * A list of whole numbers.
     *
     * @param key its key
     * @return an unmodifiable list
     */
    public List<Long> wholes(String key) {
        return list(key, item -> item.getAsJsonPrimitive().getAsLong());
    }

    /**
     * A list of anything.
     *
     * @param key its key
     * @return an unmodifiable list
     */
    public List<Object> anys(String key) {
        return list(key, Fields::plainOf);
    }

    private <T> List<T> list(String key, Function<JsonElement, T> how) {
        List<T> found = read(key, array -> items(array.getAsJsonArray(), how));
        return found == null ? Collections.emptyList() : found;
    }

    private static <T> List<T> items(JsonArray array, Function<JsonElement, T> how) {
        List<T> items = new ArrayList<>(array.size());
        array.forEach(item -> items.add(item.isJsonNull() ? null : how.apply(item)));
        return Collections.unmodifiableList(items);
    }

    /**
     * The object as maps and lists.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> toMap() {
        return plain(object);
    }

    private static Map<String, Object> plain(JsonObject object) {
        Map<String, Object> members = new LinkedHashMap<>();
        object.entrySet().forEach(member -> members.put(member.getKey(), plainOf(member.getValue())));
        return Collections.unmodifiableMap(members);
    }

    private static Object plainOf(JsonElement element) {
        if (element.isJsonNull()) {
            return null;
        }
        if (element.isJsonObject()) {
            return plain(element.getAsJsonObject());
        }
        if (element.isJsonArray()) {
            return items(element.getAsJsonArray(), Fields::plainOf);
        }
        JsonPrimitive value = element.getAsJsonPrimitive();
        if (value.isBoolean()) {
            return value.getAsBoolean();
        }
        return value.isNumber() ? plainNumber(value.getAsString()) : value.getAsString();
    }

    private static Number plainNumber(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException notWholeOrTooLarge) {
            return new BigDecimal(digits);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields && object.equals(((Fields) other).object);
    }

    @Override
    public int hashCode() {
        return object.hashCode();
    }

    /** The object as JSON text. */
    @Override
    public String toString() {
        return object.toString();
    }
}
