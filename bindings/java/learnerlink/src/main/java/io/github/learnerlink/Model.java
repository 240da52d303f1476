package io.github.learnerlink;

import io.github.learnerlink.internal.Fields;
import java.util.Map;

/**
 * An object of a response: immutable, tolerant of keys it does not know, and discreet when printed. What the library
 * left out is null, or an empty list. Lists and maps cannot be changed.
 */
public abstract class Model {
    private final Fields fields;

    /**
     * Not for hosts, who make models from JSON text.
     *
     * @param fields the members of the object
     */
    protected Model(Fields fields) {
        this.fields = fields;
    }

    /**
     * The object as JSON, with every key the library gave. For a response it is the exact text.
     *
     * @return JSON
     */
    public String rawJson() {
        return fields.toString();
    }

    /**
     * The object with the keys of its schema, unknown ones included.
     *
     * @return texts, numbers, truth values, lists and maps by their keys; cannot be changed
     */
    public final Map<String, Object> toMap() {
        return fields.toMap();
    }

    /**
     * What is shown of a model: printed models end up in logs, and this is people's data.
     *
     * @param more          whether the model has values that are not shown
     * @param namesAndValues by turns a name and its value
     * @return the model's name with these values
     */
    protected final String shown(boolean more, Object... namesAndValues) {
        StringBuilder text = new StringBuilder(getClass().getSimpleName()).append('(');
        String between = "";
        for (int place = 0; place < namesAndValues.length; place += 2) {
            if (namesAndValues[place + 1] != null) {
                text.append(between).append(namesAndValues[place]).append('=').append(namesAndValues[place + 1]);
                between = ", ";
            }
        }
        return text.append(more ? between + "..." : "").append(')').toString();
    }

    @Override
    public final boolean equals(Object other) {
        return other != null && getClass() == other.getClass() && fields.equals(((Model) other).fields);
    }

    @Override
    public final int hashCode() {
        return fields.hashCode();
    }
}
