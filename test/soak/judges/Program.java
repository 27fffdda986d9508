import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Says of pairs of Java files whether they parse, and whether they are the same program without comments: reads lines
 * {@code before<TAB>after} ({@code before} may be empty) and writes {@code same}, {@code changed} or {@code broken why}.
 */
public class Program {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  private static String bare(String path) throws Exception {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = COMPILER.getStandardFileManager(found, null, null)) {
      Iterable<? extends JavaFileObject> sources = files.getJavaFileObjects(new File(path));
      List<String> options = List.of("-proc:none", "-implicit:none");
      JavacTask task = (JavacTask) COMPILER.getTask(null, files, found, options, null, sources);
      StringBuilder text = new StringBuilder();
      for (CompilationUnitTree unit : task.parse()) {
        text.append(unit.getPackageName()).append(unit.getImports());
        text.append(unit.getTypeDecls().stream().map(Object::toString).collect(Collectors.joining()));
      }
      for (Diagnostic<? extends JavaFileObject> one : found.getDiagnostics())
        if (one.getKind() == Diagnostic.Kind.ERROR)
          throw new IllegalStateException(one.getLineNumber() + ": " + one.getMessage(null));
      return text.toString();
    }
  }

  public static void main(String[] args) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] pair = line.split("\t", -1);
      try {
        String now = bare(pair[1]);
        System.out.println(!pair[0].isEmpty() && bare(pair[0]).equals(now) ? "same" : "changed");
      } catch (Exception error) {
        System.out.println("broken " + String.valueOf(error.getMessage()).replace('\n', ' '));
      }
    }
  }
}
