package io.github.learnerlink;

import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each test the library has no live handle, and no thread of ours is left. */
final class NothingIsLeftOpen implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        for (String kind : List.of("plugin", "op", "text", "error", "queue")) {
            Sandbox.until(() -> Sandbox.open(kind) == 0);
        }
        Sandbox.until(() -> threads("learnerlink-").isEmpty());
    }

    static List<String> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(prefix))
                .toList();
    }
}
