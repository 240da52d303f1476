package io.github.learnerlink;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Calls operations by their names, with requests that are data, through the typed methods. */
final class Asked {
    private Asked() {}

    /** The name of a class or method for an operation or key. */
    static String camel(String name) {
        StringBuilder done = new StringBuilder();
        for (String word : name.split("_")) {
            done.append(done.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return done.toString();
    }

    private static Class<?> model(String operation, String kind) throws ClassNotFoundException {
        String name = camel(operation);
        String type = Character.toUpperCase(name.charAt(0)) + name.substring(1) + kind;
        return Class.forName("io.github.learnerlink.model." + type);
    }

    static Class<?> response(String operation) {
        try {
            return model(operation, "Response");
        } catch (ClassNotFoundException error) {
            throw new AssertionError(error);
        }
    }

    /** Makes a request, or a part of one, by the setter of each key. */
    static Request request(Class<?> type, Map<String, ?> members) throws ReflectiveOperationException {
        Object made = type.getConstructor().newInstance();
        for (Map.Entry<String, ?> member : members.entrySet()) {
            Method setter = setter(type, member.getKey());
            setter.invoke(made, converted(setter.getGenericParameterTypes()[0], member.getValue()));
        }
        return (Request) made;
    }

    private static Method setter(Class<?> type, String key) {
        for (Method method : type.getMethods()) {
            String plain = method.getName().replace("_", "");
            if (plain.equalsIgnoreCase(key) && method.getParameterCount() == 1 && method.getReturnType() == type) {
                return method;
            }
        }
        throw new AssertionError(type.getSimpleName() + " has no " + key);
    }

    private static Object converted(Type wanted, Object value) throws ReflectiveOperationException {
        if (wanted instanceof ParameterizedType list && list.getRawType() == Collection.class) {
            List<Object> items = new ArrayList<>();
            for (Object item : (List<?>) value) {
                items.add(converted(list.getActualTypeArguments()[0], item));
            }
            return items;
        }
        if (wanted instanceof Class<?> type && Request.class.isAssignableFrom(type)) {
            @SuppressWarnings("unchecked")
            Map<String, ?> members = (Map<String, ?>) value;
            return request(type, members);
        }
        return wanted == double.class ? ((Number) value).doubleValue() : value;
    }

    /** Calls an operation; what it throws comes bare, in the asynchronous form as well. */
    static Response call(Plugin plugin, String operation, Map<String, ?> members, boolean blocking) {
        try {
            Class<?> type = model(operation, "Request");
            String name = camel(operation) + (blocking ? "" : "Async");
            Object made = Plugin.class.getMethod(name, type).invoke(plugin, request(type, members));
            return (Response) (blocking ? made : ((LearnerLinkFuture<?>) made).join());
        } catch (InvocationTargetException | CompletionException error) {
            throw (RuntimeException) error.getCause();
        } catch (ReflectiveOperationException error) {
            throw new AssertionError(error);
        }
    }
}
