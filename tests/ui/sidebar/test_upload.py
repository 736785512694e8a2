"""Upload or paste a table: how it is read, what can be chosen, and when it takes the place of the data table."""

import numpy as np
import pytest
from app import button, edit_table, opened, settled, tables, unfold

from core import EXAMPLES, NOTEBOOK, Dataset
from ui import training
from ui.session import key
from ui.sidebar.data_table import TABLE
from ui.sidebar.upload import IS_OPEN

GERMAN = "alter;größe;wählt\n31;1,75;ja\n45;1,62;nein\n28;1,8;ja\n"
GERMAN_INPUTS, GERMAN_TARGETS = np.array([[31, 1.75], [45, 1.62], [28, 1.8]]), [1, 0, 1]


@pytest.fixture
def app():
    """Open the page, and in it the place for a table."""
    app = opened()
    app.session_state[IS_OPEN] = True
    return unfold(app)


def upload(app, data):
    app.sidebar.file_uploader[0].set_value(("table.csv", data, "text/csv"))
    return settled(app.run())


def paste(app, text):
    return settled(app.sidebar.text_area[0].set_value(text).run())


def choose(widgets, label, value):
    return next(widget for widget in widgets if widget.label == label).set_value(value)


def use(app):
    """Make it the data table; return the data set that is trained on then."""
    next(button for button in app.button if button.label == "Use this table").click()
    return dataset(settled(app.run()))


def dataset(app):
    return app.session_state[training.SHOWN].run.experiment.dataset


def introduction(app):
    """Return what is said of where the table comes from: the line before the one about its training."""
    lines = [text.value.replace("\\", "") for text in app.main.markdown]
    return lines[next(place for place, line in enumerate(lines) if ", trained on " in line) - 1]


def chosen_example(app):
    """Return the example that is chosen, as it is shown."""
    box = app.selectbox(key="page_example")
    return box.options[box.index]


def address_of(app):
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def texts(app):
    return "\n".join(text.value.replace(":small[]", "").replace("\\", "") for text in app.sidebar.markdown)


def messages(app):
    return [message.value.replace("\\", "") for message in app.sidebar.error]


def captions(app):
    return "\n".join(text.value.replace(":small[]", "").replace("\\", "") for text in app.sidebar.caption)


def preview(app):
    return app.sidebar.dataframe[-1].value


def test_a_file_as_german_spreadsheets_save_it(app):
    """Semicolons, decimal commas, Windows' encoding and two words as target are found out, told and used."""
    upload(app, GERMAN.encode("cp1252"))
    assert "3 rows of 3 columns, separated by semicolons, with decimal commas, in Windows-1252." in texts(app)
    assert "The first line holds names." in texts(app)
    assert "wählt: 0 = nein, 1 = ja" in texts(app)
    assert preview(app).to_numpy().tolist()[0] == ["31", "1.75", "ja"]
    assert use(app) == Dataset(GERMAN_INPUTS, GERMAN_TARGETS, ("alter", "größe"), "wählt")
    assert not app.session_state[IS_OPEN]
    assert app.sidebar.file_uploader[0].value is None


def test_what_is_0_and_what_is_1_is_swapped_at_the_readers_wish(app):
    """It stays so when the choice is opened again."""
    upload(app, GERMAN.encode("cp1252"))
    choose(app.multiselect, "Swap 0 and 1 in", ["wählt"]).run()
    assert "wählt: 0 = ja, 1 = nein" in texts(app)
    assert use(app).targets.tolist() == [1 - target for target in GERMAN_TARGETS]
    app.session_state[IS_OPEN] = True
    settled(app.run())
    assert "wählt: 0 = ja, 1 = nein" in texts(app)


def test_a_table_is_called_by_its_files_name(app):
    """With no foreign source, also where its link or its file is opened; an example chosen then is the example."""
    upload(app, GERMAN.encode())
    use(app)
    assert introduction(app) == "This is “table.csv”."
    assert chosen_example(app) == chosen_example(opened(address_of(app))) == "“table.csv”"
    assert introduction(opened(address_of(app))) == "This is “table.csv”."
    assert not [section for section in app.expander if section.label.startswith("Published")]
    settled(next(button for button in app.button if button.label == "Reset").click().run())
    assert introduction(app).startswith("The target is the first input")
    assert chosen_example(app) == "The notebook"
    assert "“table.csv”" not in app.selectbox(key="page_example").options


def test_a_table_may_be_called_as_an_example():
    """In anybody's link; it is told from it, and stays."""
    app = opened(title="The notebook", table="1~a_y~0_1~1_0~end")
    own = dataset(app)
    assert chosen_example(app) == "“The notebook”"
    settled(app.number_input(key="page_seed").set_value(7).run())
    assert dataset(app) == own


def test_an_example_is_chosen_in_place_of_a_table_of_ones_own(app):
    """The notebook, too, from whose controls the table began."""
    for example in ("notebook", "majority"):
        app.session_state[IS_OPEN] = True
        upload(settled(app.run()), GERMAN.encode())
        use(app)
        assert app.selectbox(key="page_example").options[:2] == ["“table.csv”", "The notebook"]
        settled(app.selectbox(key="page_example").set_value(example).run())
        assert chosen_example(app) == EXAMPLES[example].title
        assert dataset(app) == EXAMPLES[example].experiment.dataset


def test_pasted_text_is_your_own_table(app):
    paste(app, "a\ty\n1\t0\n2\t1\n")
    use(app)
    assert introduction(app) == "This is your own table."
    assert chosen_example(app) == "Your own table"


def test_pasted_text_is_used_and_let_go_of(app):
    """Cells copied from a spreadsheet are separated by tabs; then the box is empty again."""
    paste(app, "a\tb\n1\t0\n2\t1\n")
    assert "2 rows of 2 columns, separated by tabs. The first line holds names." in texts(app)
    assert use(app) == Dataset([[1], [2]], [0, 1], ("a",), "b")
    assert app.sidebar.text_area[0].value == ""


def test_nothing_is_lost_until_the_table_is_used(app):
    """What was typed into the data table stays, and is trained on, while a new table is looked at."""
    edits = {"edited_rows": {0: {"x1": "7"}}, "added_rows": [], "deleted_rows": []}
    app.session_state[app.session_state[key(TABLE)].key()] = edits
    upload(app, GERMAN.encode())
    inputs = NOTEBOOK.dataset.inputs.copy()
    inputs[0, 0] = 7
    assert dataset(app) == Dataset(inputs, NOTEBOOK.dataset.targets)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Find out", Dataset([[2], [4], [6]], [1, 0, 1], ("x1",), "x2")),
        ("Names", Dataset([[4], [6]], [0, 1], ("2",), "1")),
    ],
)
def test_the_guess_about_the_first_line_can_be_overridden(app, header, expected):
    """Numbers are values unless the reader says that they are names."""
    paste(app, "2,1\n4,0\n6,1")
    choose(app.radio, "First line", header).run()
    assert use(app) == expected


def test_target_and_inputs_are_chosen(app):
    """Any column may be the target; all others are inputs until some are left out."""
    paste(app, "y,a,b,name\n0,1,5,Ann\n1,2,6,Bob\n1,3,7,Cy")
    choose(app.multiselect, "Targets", ["y"]).run()
    assert not messages(app)
    assert "Left out: name (text of 3 different values)." in captions(app)
    choose(app.multiselect, "Inputs", ["name"]).run()
    assert messages(app)[0].startswith("Line 2, column “name”: “Ann” is not a number.")
    choose(app.multiselect, "Inputs", ["b", "a"]).run()
    assert not messages(app)
    assert use(app) == Dataset([[5, 1], [6, 2], [7, 3]], [0, 1, 1], ("b", "a"), "y")


def test_several_targets_are_chosen(app):
    """Up to four; with none there is nothing to press."""
    paste(app, "a,u,v\n1,0,yes\n2,1,no")
    choose(app.multiselect, "Targets", []).run()
    assert "Use this table" not in [button.label for button in app.button]
    choose(app.multiselect, "Targets", ["v", "u"]).run()
    assert use(app) == Dataset([[1], [2]], [[1, 0], [0, 1]], ["a"], ["v", "u"])


def test_large_inputs_are_standardised_with_learned_biases_to_begin_with(app):
    """The table keeps its numbers; the page's switches say what the network makes of them."""
    upload(app, GERMAN.encode())
    assert any("inputs that are up to 45 in size." in text.value for text in app.sidebar.caption)
    assert use(app) == Dataset(GERMAN_INPUTS, GERMAN_TARGETS, ("alter", "größe"), "wählt")
    trained = app.session_state[training.SHOWN].run.experiment
    assert (trained.biases, trained.standardise) == ("learned", True)
    assert app.radio(key="page_biases").value == "learned"


@pytest.mark.parametrize(
    ("lowest", "step", "told"),
    [
        (5.5, 0.2, "inputs that are up to 9.3 in size."),
        (1.5, 0.02, "inputs that are further from 0 than from each other."),
    ],
)
def test_inputs_off_order_one_are_learned_from(app, lowest, step, told):
    """Degrees and metres, whose rows 0 to 9 have the target 0: with weights of order one nothing would be learned."""
    paste(app, "size,y\n" + "".join(f"{lowest + row * step:.2f},{row > 9:d}\n" for row in range(20)))
    assert told in captions(app)
    use(app)
    run = app.session_state[training.SHOWN].run
    assert run.experiment.standardise
    assert ((run.after > 0.5) == (run.experiment.dataset.targets > 0.5)).sum() >= 19


def test_without_a_constant_column_biases_are_learned_to_begin_with(app):
    """A row of zeros, as exclusive or has one, would else be 0.5 whatever the weights; the reader may switch it off."""
    paste(app, "[[0, 0, 1], [0, 1, 1], [1, 0, 0]]")
    assert "biases are learned: no constant column" in captions(app)
    use(app)
    run = app.session_state[training.SHOWN].run
    assert (run.experiment.biases, run.experiment.standardise) == ("learned", False)
    assert ((run.after > 0.5) == (run.experiment.dataset.targets > 0.5)).all()
    reopen(app)
    choose(app.sidebar.radio, "Biases", "none")
    use(app)
    reopen(app)
    assert "biases are learned" not in captions(app)
    use(app)
    assert app.session_state[training.SHOWN].run.experiment.biases == "none"


def test_beside_a_constant_column_no_bias_is_added(app):
    paste(app, "[[0, 0, 1, 0], [0, 1, 1, 1], [1, 0, 1, 1]]")
    assert "biases are learned" not in captions(app)
    use(app)
    assert app.session_state[training.SHOWN].run.experiment.biases == "none"


PASSENGERS = """PassengerId,Survived,Pclass,Name,Sex,Age
1,0,3,"Smith, Mr. John",male,22
2,1,1,"Brown, Mrs. Anna",female,38
3,1,3,"Jones, Miss. Ida",female,
4,0,2,"Clark, Mr. Paul",male,35
"""
SALES = "Preis;Fläche;gekauft\n1.234,50;80,5;ja\n2.345,60;95;nein\n990,00;61,5;ja\n2.870,10;120;nein\n"
AT_ONCE = {  # with what is said of the run, and its rows, all of which are right in the end
    PASSENGERS: ("3 standardised inputs and a bias, trained on 3 rows", 3),
    "1 22.08 11.46 2 0\n0  22.67  7  2  1\n1 29.58 1.75 1 0\n0 21.67 11.5 1 1\n": ("4 standardised inputs", 4),
    SALES: ("2 standardised inputs and a bias, trained on 4 rows", 4),
    "°F\tdistress\n66\t0\n53\t1\n70\t0\n57\t1\n75\t0\n63\t1\n": ("1 standardised input and a bias", 6),
    "np.array([[0, 0, 1, 0],\n          [0, 1, 1, 0],\n          [1, 0, 1, 1]])": ("with 3 inputs", 3),
}


@pytest.mark.parametrize("text", AT_ONCE)
def test_a_table_is_learned_as_it_is_pasted(app, text):
    """What suits it is chosen beforehand, nothing is left to be mended, and the network learns all rows."""
    trained, rows = AT_ONCE[text]
    paste(app, text)
    use(app)
    assert not app.error
    assert any(trained in line.value for line in app.main.markdown)
    losses = next(table for table in tables(app) if f"right of {rows}" in table)
    assert losses.iloc[-1, -1] == str(rows)


def test_years_are_told_with_all_their_digits(app):
    paste(app, "year,y\n" + "".join(f"{2000 + row},{row > 5:d}\n" for row in range(12)))
    assert "inputs that are up to 2011 in size." in captions(app)


def test_what_was_chosen_is_said_to_last_until_the_page_is_reloaded(app):
    """The file is gone then, and its cells with it; the data table is in the address."""
    paste(app, "a,y\n1,0\n2,1")
    use(app)
    assert button(app, "Change what was chosen").help.endswith("until the page is reloaded.")


def test_large_inputs_are_used_as_they_are_if_the_reader_says_so(app):
    upload(app, GERMAN.encode())
    choose(app.sidebar.radio, "Biases", "none")
    choose(app.sidebar.toggle, "Standardise the inputs", value=False).run()
    use(app)
    trained = app.session_state[training.SHOWN].run.experiment
    assert (trained.biases, trained.standardise) == ("none", False)


def test_a_choice_made_just_before_the_click_counts(app):
    """Even if the page has not been run in between."""
    paste(app, "a,y\n1,0\n3,1")
    choose(app.sidebar.toggle, "Standardise the inputs", value=True)
    use(app)
    assert app.session_state[training.SHOWN].run.experiment.standardise


def test_what_the_page_is_set_to_stays_unless_it_is_switched_off(app):
    """The upload's switches begin as the page's."""
    settled(app.radio(key="page_biases").set_value("fixed").run())
    paste(app, "a,y\n1,0\n2,1")
    use(app)
    assert app.session_state[training.SHOWN].run.experiment.biases == "fixed"
    app.session_state[IS_OPEN] = True
    paste(settled(app.run()), "a,y\n1,0\n2,1")
    choose(app.sidebar.radio, "Biases", "none")
    use(app)
    assert app.session_state[training.SHOWN].run.experiment.biases == "none"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sep=;\na;y\n1.234,5;0\n2;1", "separated by semicolons, with decimal commas and points between thousands."),
        ("a;y\n1'234.5;0\n2;1", "separated by semicolons, with apostrophes between thousands."),
        ("1   0\n2   1", "2 rows of 2 columns, separated by white space. The first line holds values."),
        ("1\t\t0\n2\t1", "2 rows of 2 columns, separated by white space. The first line holds values."),
        ("|a|y|\n|---|---|\n|1|0|\n|2|1|", "2 rows of 2 columns, separated by bars. The first line holds names."),
        ("[[1, 0], [2, 1]]", "2 rows of 2 columns, each row in brackets."),
        ("# by hand\na,y\n1,0\n2,1", "The first line holds names. 1 comment line left out."),
        ("a,b,y\n12%,$5,0\n8%,$6,1", "Left out of the numbers: % in a, $ in b."),
        ("a,b,y\n161 cm,67 kg,0\n180 cm,80 kg,1", "Left out of the numbers: cm in a, kg in b."),
    ],
)
def test_how_a_table_was_read_is_told(app, text, told):
    """What separates its columns and the digits of its numbers, and what was left out."""
    paste(app, text)
    assert told in texts(app)
    assert not messages(app)


def test_nothing_is_said_to_separate_a_single_column(app):
    paste(app, "a\n1\n2")
    assert "2 rows of 1 column. The first line holds names." in texts(app)


def test_where_there_are_two_ways_the_reader_can_take_the_other(app):
    """The likelier is taken before."""
    paste(app, 'price,y\n"1,234",0\n"2,345",1')
    assert "separated by commas, with commas between thousands." in texts(app)
    assert preview(app)["price"].tolist() == ["1234", "2345"]
    other = "Separated by commas, with decimal commas"
    choose(app.radio, "It can be read in more than one way", other).run()
    assert "separated by commas, with decimal commas." in texts(app)
    assert use(app) == Dataset([[1.234], [2.345]], [0, 1], ("price",))


@pytest.mark.parametrize(
    ("text", "thousands"),
    [
        ("id\tprice\n1\t$250,000\n2\t$310,000", "commas"),
        ("id;price\n1;1.200 €\n2;3.400 €", "points"),
    ],
)
def test_amounts_of_money_are_read_with_their_thousands_unless_the_reader_says_otherwise(app, text, thousands):
    paste(app, text)
    assert f"{thousands} between thousands." in texts(app)
    assert all(float(price) >= 1200 for price in preview(app)["price"])


def test_where_there_is_one_way_there_is_nothing_to_choose(app):
    paste(app, "a,y\n1.5,0\n2,1")
    assert "It can be read in more than one way" not in [radio.label for radio in app.radio]


def test_a_column_that_counts_the_rows_is_no_input_unless_chosen(app):
    paste(app, ",x1,y\n0,1.5,0\n1,2.5,1")
    assert "The first column, row, only names or counts the rows" in texts(app)
    choose(app.multiselect, "Inputs", ["row", "x1"]).run()
    assert use(app).input_names == ("row", "x1")
    app.session_state[IS_OPEN] = True
    paste(settled(app.run()), ",x1,y\n0,1.5,0\n1,2.5,1")
    assert use(app) == Dataset([[1.5], [2.5]], [0, 1], ("x1",))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"PK\x03\x04",
            "This is a spreadsheet's own file (xlsx). In the spreadsheet, save the table as CSV, in UTF-8.",
        ),
        (b'{"a": 1}', "This is JSON, which is not read as a table."),
        (b"day,y\n2020-01-05,1\n2020-01-06,0", "Line 2, column “day”: “2020-01-05” is a date or a time."),
        (b"", "There is nothing in it. Give at least one line of values."),
        (b"a,y\n1,0\n2", "Line 3 has 1 value, but line 1 has 2. Give all lines the same number."),
        (b"a,y\n,0\n,1", "There is no input column. Add at least one."),
        (b"y\n0\n1", "There is no input column. Add at least one."),
    ],
)
def test_a_table_that_cannot_be_used_is_explained(app, data, message):
    """The message names line and column; there is nothing to press; another file can be chosen."""
    upload(app, data)
    assert messages(app)[0].startswith(message)
    assert "Use this table" not in [button.label for button in app.button]
    upload(app, b"a,y\n1,0\n2,1")
    assert use(app) == Dataset([[1], [2]], [0, 1], ("a",))


def test_names_are_shown_to_the_letter(app):
    """Markdown in a column's name or a value is text."""
    paste(app, "a,*y*\n1,:red[no]\n2,$x$")
    assert not messages(app)
    assert "*y*: 0 = $x$, 1 = :red[no]" in texts(app)


def test_ten_thousand_rows_are_used(app):
    """The most rows that can be read are trained on, all of them."""
    rows = "\n".join(f"{i % 7},{i % 5},{i % 2}" for i in range(10_000))
    upload(app, rows.encode())
    assert "10,000 rows of 3 columns" in texts(app)
    assert len(use(app).targets) == 10_000


IRISES = "".join(
    f"{5 + row / 10},{kind}\n" for row in range(4) for kind in ("Iris-setosa", "Iris-versicolor", "Iris-virginica")
)


def test_three_classes_are_an_output_each(app):
    """Without a header, with words in the last column; or one of them is told from the rest."""
    paste(app, IRISES)
    app.session_state[IS_OPEN] = True
    assert choices(app, "Classes")[0].startswith("One output a class: Iris-setosa, Iris-versicolor")
    dataset = use(app)
    assert dataset.target_names == ("Iris-setosa", "Iris-versicolor", "Iris-virginica")
    assert dataset.targets[:3].tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    app.session_state[IS_OPEN] = True
    paste(settled(app.run()), IRISES)
    next(box for box in app.selectbox if box.label == "Classes").set_value(2)
    dataset = use(settled(app.run()))
    assert (dataset.target_names, dataset.targets[:3].tolist()) == (("Iris-versicolor",), [0, 1, 0])


def test_the_irises_as_a_reader_has_them_are_told_apart(app):
    """A learning rate that suits so many rows is set beside what suits their numbers; then it is the reader's."""
    iris = EXAMPLES["iris"].experiment.dataset
    species = [iris.target_names[place] for place in iris.targets.argmax(axis=1)]
    text = "".join(f"{','.join(map(str, row))},{name}\n" for row, name in zip(iris.inputs, species, strict=True))
    paste(app, text)
    assert "The learning rate becomes 0.05: an update sums what 150 rows ask." in captions(app)
    use(app)
    run = app.session_state[training.SHOWN].run
    assert (run.experiment.learning_rate, run.experiment.standardise) == (0.05, True)
    assert (run.after.argmax(axis=1) == iris.targets.argmax(axis=1)).sum() >= 140
    settled(app.number_input(key="page_learning_rate").set_value(0.2).run())
    app.session_state[IS_OPEN] = True
    settled(app.run())
    assert "The learning rate becomes" not in captions(app)
    use(app)
    assert app.number_input(key="page_learning_rate").value == 0.2


@pytest.mark.parametrize(("batch_size", "rate"), [(None, 0.2), (20, 0.5), (10, 1), (1, 1)])
def test_a_learning_rate_suits_the_rows_of_an_update(app, batch_size, rate):
    """Of few rows the one that is set stays."""
    settled(app.number_input(key="page_batch_size").set_value(batch_size).run())
    paste(app, "".join(f"{row * 7 % 5},{row % 2}\n" for row in range(40)))
    use(app)
    assert app.session_state[training.SHOWN].run.experiment.learning_rate == rate


TITANIC = """PassengerId,Survived,Pclass,Name,Sex,Age
1,0,3,"Braund, Mr. Owen",male,22
2,1,1,"Cumings, Mrs. John",female,38
3,1,3,"Heikkinen, Miss. Laina",female,
4,1,1,"Futrelle, Mrs. Jacques",female,35
5,0,3,"Allen, Mr. William",male,36
"""


def test_a_table_of_people_is_used_with_what_can_be_used(app):
    """The target by its name; names and what counts are left out, with why; blanks are left out, or filled."""
    upload(app, TITANIC.encode())
    assert not messages(app)
    assert "Left out: PassengerId (counts the rows), Name (text of 5 different values)." in captions(app)
    assert "Sex: 0 = female, 1 = male" in texts(app)
    dataset = use(app)
    assert (dataset.input_names, dataset.target_name) == (("Pclass", "Sex", "Age"), "Survived")
    assert dataset.inputs[:, 2].tolist() == [22, 38, 35, 36]
    app.session_state[IS_OPEN] = True
    upload(settled(app.run()), TITANIC.encode())
    choose(app.radio, "Blanks", value=True).run()
    assert use(app).inputs[:, 2].tolist() == [22, 38, 32.75, 35, 36]


def test_a_table_with_a_blank_in_every_row_is_explained(app):
    """There would be none left without them; the first is told by line and column, with the remedy."""
    paste(app, "a,b,y\n,1,0\n,2,1\n3,,1\n4,,0\n")
    remedy = "the cell is blank. Fill it in, delete the line, or choose another column."
    assert messages(app) == [f"Line 2, column “a”: {remedy}"]
    assert not [radio for radio in app.radio if radio.label == "Blanks"]


def choices(app, label):
    return next(box for box in app.selectbox if box.label == label).options


PRICES = "area,price\n62,181000\n120,352000\n88,249000\n75,214500\n"


def test_amounts_are_scaled_to_begin_with_and_stay_in_their_units(app):
    """In the data table, the predictions and the mean error; the link says so; the table is kept as it was."""
    paste(app, PRICES)
    assert "price goes beyond" in captions(app)
    dataset = use(app)
    assert dataset.scale_targets
    assert dataset.given_targets.tolist() == [181_000, 352_000, 249_000, 214_500]
    assert address_of(app)["scale_targets"] == "1"
    predictions = tables(app)[0]
    losses = next(table for table in tables(app) if "mean error, price" in table)
    assert predictions["price"].tolist() == ["181000", "352000", "249000", "214500"]
    errors = np.abs(predictions["final"].astype(float) - dataset.given_targets)
    assert float(losses["mean error, price"].iloc[-1]) == pytest.approx(errors.mean(), abs=1)
    assert errors.max() < 0.1 * 171_000


def test_amounts_that_are_not_to_be_scaled_are_explained(app):
    paste(app, PRICES)
    choose(app.sidebar.toggle, "Scale the targets to 0 … 1", value=False)
    settled(app.run())
    assert messages(app)[0].startswith("Line 2, column “price”: the target 181000 is outside 0 to 1. Scale the targets")


def test_a_typed_amount_can_be_scaled_beside_its_message(app):
    """The message names the cell; pressing the button trains, and nothing typed is lost."""
    edit_table(app, edited_rows={3: {"y": "1.18"}})
    settled(app.run())
    assert messages(app) == ["Row 4, column “y”: the target 1.18 is outside 0 to 1. Type a number from 0 to 1."]
    button(app, "Scale the targets to 0 … 1").click()
    settled(app.run())
    assert not messages(app)
    assert dataset(app).given_targets.tolist() == [0, 0, 1, 1.18]


def test_what_no_scaling_mends_has_no_button_for_it(app):
    edit_table(app, edited_rows={3: {"y": "1.18", "x1": "many"}})
    settled(app.run())
    assert not [one for one in app.button if one.label.startswith("Scale")]


TEMPERATURES = "day,°F,distress\n1,66,0\n2,53,1\n3,70,NA\n4,57,1\n5,75,0\n"


def reopen(app):
    next(button for button in app.button if button.label == "Change what was chosen").click()
    return settled(app.run())


def test_what_was_chosen_is_changed_without_another_upload(app):
    """The choice is opened again as it was left, the file's own cells in it."""
    assert "Change what was chosen" not in [button.label for button in app.button]
    upload(app, TEMPERATURES.encode())
    choose(app.multiselect, "Inputs", ["day", "°F"]).run()
    choose(app.radio, "Blanks", value=True)
    choose(app.sidebar.radio, "Biases", "fixed").run()
    assert use(app).input_names == ("day", "°F")
    edit_table(app, edited_rows={0: {"day": "7"}})
    reopen(settled(app.run()))
    assert app.session_state[IS_OPEN]
    assert [box.value for box in app.sidebar.multiselect] == [["distress"], ["day", "°F"]]
    assert next(radio for radio in app.sidebar.radio if radio.label == "Blanks").value
    assert next(radio for radio in app.sidebar.radio if radio.label == "Biases").value == "fixed"
    choose(app.sidebar.multiselect, "Inputs", ["°F"]).run()
    assert len(dataset(app).input_names) == 2
    assert use(app) == Dataset([[66], [53], [70], [57], [75]], [0, 1, 0.5, 1, 0], ("°F",), "distress")
    assert introduction(app) == "This is “table.csv”."
    assert app.session_state[training.SHOWN].run.experiment.biases == "fixed"


def test_how_the_table_was_read_and_its_classes_are_chosen_again_as_they_were(app):
    paste(app, IRISES)
    choose(app.radio, "First line", "Names").run()
    choose(app.selectbox, "Classes", 3)
    assert use(app).target_names == ("Iris-virginica",)
    reopen(app)
    assert next(radio for radio in app.radio if radio.label == "First line").value == "Names"
    assert use(app).target_names == ("Iris-virginica",)
    reopen(app)
    upload(app, b'price,y\n"1,234",0\n"2,345",1')
    choose(app.radio, "It can be read in more than one way", "Separated by commas, with decimal commas").run()
    assert use(app).inputs.tolist() == [[1.234], [2.345]]
    reopen(app)
    assert use(app).inputs.tolist() == [[1.234], [2.345]]


def test_a_half_made_choice_outlives_the_closing_of_its_section(app):
    upload(app, TEMPERATURES.encode())
    use(app)
    reopen(app)
    choose(app.multiselect, "Inputs", ["day"]).run()
    app.session_state[IS_OPEN] = False
    settled(app.run())
    reopen(app)
    assert use(app).input_names == ("day",)
