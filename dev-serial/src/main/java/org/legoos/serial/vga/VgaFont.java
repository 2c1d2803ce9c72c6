package org.legoos.serial.vga;

/**
 * An 8x16 font for printable ASCII, drawn for this project on a 5x8 grid whose rows count twice. Each glyph
 * is eight base-32 digits: its rows from top to bottom, bit 4 leftmost; the last row is for descenders.
 */
final class VgaFont {
    static final int WIDTH = 8;
    static final int HEIGHT = 16;

    private static final int FIRST = ' ';
    private static final int LAST = '~';
    private static final int ROWS = 8;
    private static final int COLUMNS = 5;
    private static final int LEFT_MARGIN = 1;
    private static final int RADIX = 32;

    private static final String[] GLYPHS = {
        // space ! " # $ % & '
        "00000000", "44444040", "aaa00000", "aavavaa0", "4fke5u40", "op248j30", "cik8lid0", "44800000",
        // ( ) * + , - . /
        "24888420", "84222480", "04lel400", "044v4400", "00000c48", "000v0000", "00000cc0", "01248g00",
        // 0 1 2 3 4 5 6 7
        "ehjlphe0", "4c4444e0", "eh1248v0", "v2421he0", "26aiv220", "vgu11he0", "68guhhe0", "v1248880",
        // 8 9 : ; < = > ?
        "ehhehhe0", "ehhf12c0", "0cc0cc00", "0cc0c480", "248g8420", "00v0v000", "84212480", "eh124040",
        // @ A B C D E F G
        "eh1dlle0", "ehhvhhh0", "uhhuhhu0", "ehggghe0", "sihhhis0", "vgguggv0", "vgguggg0", "ehgnhhf0",
        // H I J K L M N O
        "hhhvhhh0", "e44444e0", "72222ic0", "hikokih0", "ggggggv0", "hrllhhh0", "hhpljhh0", "ehhhhhe0",
        // P Q R S T U V W
        "uhhuggg0", "ehhhlid0", "uhhukih0", "fgge11u0", "v4444440", "hhhhhhe0", "hhhhha40", "hhhllla0",
        // X Y Z [ \ ] ^ _
        "hha4ahh0", "hhha4440", "v1248gv0", "e88888e0", "0g842100", "e22222e0", "4ah00000", "0000000v",
        // ` a b c d e f g
        "84200000", "00e1fhf0", "ggmphhu0", "00egghe0", "11djhhf0", "00ehvge0", "698s8880", "00fhhf1e",
        // h i j k l m n o
        "ggmphhh0", "40c444e0", "206222ic", "ggikoki0", "c44444e0", "00qllhh0", "00mphhh0", "00ehhhe0",
        // p q r s t u v w
        "00uhhugg", "00djhf11", "00mpggg0", "00fge1u0", "88s88960", "00hhhjd0", "00hhha40", "00hhlla0",
        // x y z { | } ~
        "00ha4ah0", "00hhhf1e", "00v248v0", "24484420", "44444440", "84424480", "008l2000",
    };

    private VgaFont() {}

    /** One row of a character's cell, bit 7 leftmost; what is not in the font is a full block, NUL is blank. */
    static int row(int character, int y) {
        if (character == 0) {
            return 0;
        }
        if (character < FIRST || character > LAST) {
            return 0xff;
        }
        int bits = Character.digit(GLYPHS[character - FIRST].charAt(y * ROWS / HEIGHT), RADIX);
        return bits << (WIDTH - COLUMNS - LEFT_MARGIN);
    }
}
