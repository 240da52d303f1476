package io.github.learnerlink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operation is asked with, or an object inside it. It is filled by chained calls, and read when the operation
 * is called; it may then be changed and used again. Values that are not set, or set to null, are left out.
 */
public abstract class Request {
    private final Map<String, Object> members = new LinkedHashMap<>();

    /** Makes an empty one. */
    protected Request() {}

    /**
     * Sets a member.
     *
     * @param key   its key
     * @param value its value; null for none
     */
    protected final void set(String key, Object value) {
        members.put(key, value instanceof Collection ? copy((Collection<?>) value) : value);
    }

    private static List<Object> copy(Collection<?> items) {
        return Collections.unmodifiableList(new ArrayList<>(items));
    }

    /**
     * What was set, with the keys of the schema.
     *
     * @return an unmodifiable view
     */
    public final Map<String, Object> toMap() {
        return Collections.unmodifiableMap(members);
    }

    /** The name alone: what is asked with is people's data. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "(...)";
    }
}
