using System.Collections;
using System.Globalization;
using System.Reflection;
using AlignBench.Data;
using AlignBench.Data.Packed;

namespace AlignBench.Tests.Data.Packed;

public class PackedItemsTests
{
    public static TheoryData<string> Properties => [.. All(typeof(Item)).Select(property => property.Name)];

    // By reflection, so that a property that is added later and not packed fails here.
    [Theory]
    [MemberData(nameof(Properties))]
    public void Item_EveryProperty_ComesBack(string name)
    {
        PropertyInfo property = typeof(Item).GetProperty(name)!;
        Item filled = (Item)Filled(typeof(Item), new Numbers());
        Item empty = new() { Id = "", Group = "" };
        PackedItems packed = new();
        foreach (Item item in (Item[])[empty, filled, empty])
        {
            packed.Add(item);
        }

        Assert.NotEqual(Words(property.GetValue(empty)), Words(property.GetValue(filled)));
        Assert.Equal(
            [Words(property.GetValue(empty)), Words(property.GetValue(filled)), Words(property.GetValue(empty))],
            packed.Select(item => Words(property.GetValue(item))));
    }

    // Ids that follow from the item's are not stored, and those that look so but don't are.
    [Theory]
    [InlineData("a", "a", "a", "a#0", "a#1")]
    [InlineData("a", "b", "a#0", "a#1", "a#0")]
    [InlineData("", "a", "", "#0", "")]
    [InlineData("\ud800", "\udc00", "a\0b", "\ud800#0", "\u6f22\U0001F600")]
    public void Item_ImpliedAndOtherIds_ComeBack(string id, string group, string image, string first, string second)
    {
        Item item = new()
        {
            Id = id,
            Group = group,
            Images = [new ImageReference(image, id), new ImageReference(id, image)],
            Captions = [new Caption(first, ""), new Caption(second, id)],
            Sounds = [new SoundReference(image, id), new SoundReference(id, image)],
            Labels = [null, double.NaN, -0.0, 0.5],
        };
        PackedItems packed = new();
        packed.Add(item);

        Assert.Equal(Words(item), Words(packed[0]));
        Assert.Equal(item.Images, (ImageReference[])[packed.Image(0, 0), packed.Image(0, 1)]);
    }

    private static PropertyInfo[] All(Type type) => [.. type.GetProperties().Where(property => property.CanWrite)];

    private static object Filled(Type type, Numbers numbers)
    {
        if (type == typeof(string))
        {
            return $"text {numbers.Next()}";
        }

        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsPrimitive)
        {
            return plain == typeof(bool) ? true : Convert.ChangeType(numbers.Next(), plain, CultureInfo.InvariantCulture);
        }

        if (type.IsArray)
        {
            Array array = Array.CreateInstance(type.GetElementType()!, 2);
            array.SetValue(Filled(type.GetElementType()!, numbers), 0);
            array.SetValue(Filled(type.GetElementType()!, numbers), 1);
            return array;
        }

        ConstructorInfo constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        object made = constructor.Invoke(
            [.. constructor.GetParameters().Select(parameter => Filled(parameter.ParameterType, numbers))]);
        foreach (PropertyInfo property in All(type))
        {
            property.SetValue(made, Filled(property.PropertyType, numbers));
        }

        return made;
    }

    private static string Words(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        double number => $"{BitConverter.DoubleToInt64Bits(number):X}",
        IEnumerable all => $"[{string.Join(", ", all.Cast<object?>().Select(Words))}]",
        _ when value.GetType().IsPrimitive => $"{value}",
        _ => $"{{{string.Join(", ", value.GetType().GetProperties().Select(p => Words(p.GetValue(value))))}}}",
    };

    private sealed class Numbers
    {
        private int _last;

        public int Next() => ++_last;
    }
}
