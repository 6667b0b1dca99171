package dev.verbs.ledger;

import com.sun.source.doctree.BlockTagTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What a program can name in the sources, with its documentation, parsed by the JDK's own compiler. */
final class DocumentedSources extends TreePathScanner<Void, Void> {
    private static final Pattern CONSTANT = Pattern.compile("types_h\\.(\\w+)\\(\\)");

    private final DocTrees trees;
    private final List<Element> found = new ArrayList<>();

    private DocumentedSources(final DocTrees trees) {
        this.trees = trees;
    }

    /**
     * A type, a member or a component of a record.
     *
     * @param file      its file, without directory
     * @param line      where it stands
     * @param name      its name, with the types around it
     * @param struct    for a component of a record: the documentation of the record; else null
     * @param texts     its documentation: the main part and each tag, in one line each
     * @param constants C constants that the value is taken from
     */
    record Element(String file, long line, String name, String struct, List<String> texts, Set<String> constants) {
        boolean isComponent() {
            return struct != null;
        }

        @Override
        public String toString() {
            return file + ":" + line + " " + name;
        }
    }

    /** Everything public or protected in the files. */
    static List<Element> read(final Collection<Path> files) throws IOException {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            final JavacTask task = (JavacTask)compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                manager.getJavaFileObjectsFromPaths(files));
            final DocumentedSources sources = new DocumentedSources(DocTrees.instance(task));
            for (final CompilationUnitTree unit : task.parse()) {
                sources.scan(unit, null);
            }
            return sources.found;
        }
    }

    @Override
    public Void visitClass(final ClassTree type, final Void unused) {
        if (!isVisible(type.getModifiers())) {
            return null;
        }
        final List<String> texts = add(Set.of());
        if (type.getKind() == Tree.Kind.RECORD) {
            final DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            for (final DocTree tag : comment == null ? List.<DocTree>of() : comment.getBlockTags()) {
                if (tag instanceof ParamTree param && !param.isTypeParameter()) {
                    found.add(new Element(file(), line(), name() + "." + param.getName(), texts.getFirst(),
                        List.of(flat(param.getDescription())), Set.of()));
                }
            }
        }
        return super.visitClass(type, null);
    }

    /** What is inside a method is nobody's to name. A compact constructor takes what the components' documentation says. */
    @Override
    public Void visitMethod(final MethodTree method, final Void unused) {
        final boolean inherits = trees.getDocComment(getCurrentPath()) == null && method.getModifiers().getAnnotations().stream()
            .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
        if (isVisible(method.getModifiers()) && !inherits && !isCompact(method)) {
            add(Set.of());
        }
        return null;
    }

    @Override
    public Void visitVariable(final VariableTree field, final Void unused) {
        if (isVisible(field.getModifiers())) {
            final Set<String> constants = new TreeSet<>();
            final Matcher matcher = CONSTANT.matcher(String.valueOf(field.getInitializer()));
            while (matcher.find()) {
                constants.add(matcher.group(1));
            }
            add(constants);
        }
        return null;
    }

    private List<String> add(final Set<String> constants) {
        final List<String> texts = new ArrayList<>();
        final DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
        texts.add(comment == null ? "" : flat(comment.getFullBody()));
        if (comment != null) {
            comment.getBlockTags().stream().filter(BlockTagTree.class::isInstance).map(tag -> flat(List.of(tag))).forEach(texts::add);
        }
        found.add(new Element(file(), line(), name(), null, texts, constants));
        return texts;
    }

    private static String flat(final List<? extends DocTree> text) {
        return text.stream().map(DocTree::toString).collect(Collectors.joining()).replaceAll("\\s+", " ").strip();
    }

    private boolean isVisible(final ModifiersTree modifiers) {
        final Set<Modifier> flags = modifiers.getFlags();
        final Tree around = getCurrentPath().getParentPath().getLeaf();
        return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED)
            || around.getKind() == Tree.Kind.INTERFACE && !flags.contains(Modifier.PRIVATE);
    }

    private boolean isCompact(final MethodTree method) {
        final Tree around = getCurrentPath().getParentPath().getLeaf();
        if (around.getKind() != Tree.Kind.RECORD || !method.getName().contentEquals("<init>")) {
            return false;
        }
        final CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        final int start = (int)trees.getSourcePositions().getStartPosition(unit, method);
        try {
            return Pattern.compile("[\\w\\s]+\\{").matcher(unit.getSourceFile().getCharContent(true)).region(start,
                (int)trees.getSourcePositions().getEndPosition(unit, method)).lookingAt();
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String file() {
        return Path.of(getCurrentPath().getCompilationUnit().getSourceFile().getName()).getFileName().toString();
    }

    private long line() {
        final CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        return unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, getCurrentPath().getLeaf()));
    }

    private String name() {
        String name = "";
        for (TreePath path = getCurrentPath(); path.getParentPath() != null; path = path.getParentPath()) {
            final String own = switch (path.getLeaf()) {
                case ClassTree type -> type.getSimpleName().toString();
                case MethodTree method -> method.getName() + "(" + method.getParameters().stream()
                    .map(parameter -> parameter.getType().toString()).collect(Collectors.joining(", ")) + ")";
                case VariableTree field -> field.getName().toString();
                default -> "";
            };
            name = own + (own.isEmpty() || name.isEmpty() ? "" : ".") + name;
        }
        return name;
    }
}
